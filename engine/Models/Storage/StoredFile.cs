using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;

namespace DigitalTwin.Models.Storage;

/// <summary>What stands around stored parts: magic (8 bytes), format version (4), the parts, SHA-256 of all before it (32); little-endian.</summary>
internal static class StoredFile
{
    private const int MagicSize = 8;
    private const int HeaderSize = MagicSize + sizeof(int);
    private const int HashSize = 32;

    /// <param name="magic">8 bytes that say what it is.</param>
    /// <param name="write">Writes the parts.</param>
    /// <param name="sink">Gets the bytes.</param>
    public static void Write(ReadOnlySpan<byte> magic, Action<ModelWriter> write, StoredByteSink sink)
    {
        using var writer = new ModelWriter(sink);
        writer.Raw(magic);
        writer.Int(OutcomePredictorFormat.Version);
        write(writer);
        writer.Finish();
    }

    public static byte[] Write(ReadOnlySpan<byte> magic, Action<ModelWriter> write)
    {
        var target = new ArrayBufferWriter<byte>();
        Write(magic, write, bytes => target.Write(bytes));
        return target.WrittenSpan.ToArray();
    }

    /// <param name="magic">8 bytes that say what it must be.</param>
    /// <param name="bytes">Of the whole file.</param>
    /// <param name="threadCount">Threads that models may use, 1 or more.</param>
    /// <param name="read">Reads the parts.</param>
    /// <exception cref="ModelFormatException">It is something else, of another version, damaged, or contradicts itself.</exception>
    public static T Read<T>(ReadOnlySpan<byte> magic, ReadOnlyMemory<byte> bytes, int threadCount, Func<ModelReader, T> read)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        CheckHeader(magic, bytes.Span);
        var reader = new ModelReader(bytes[HeaderSize..^HashSize], threadCount);
        try
        {
            var value = read(reader);
            reader.Require(reader.Left == 0, $"{reader.Left} bytes follow the last part");
            return value;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            // Constructors check what they are given: here it came from the bytes.
            throw reader.Fault("a part contradicts itself: " + e.Message, e);
        }
    }

    private static void CheckHeader(ReadOnlySpan<byte> magic, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.StartsWith(magic))
        {
            throw new ModelFormatException($"These {bytes.Length} bytes are not a trained model. Give the bytes that the model was written as, or train again.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[MagicSize..]);
        if (version != OutcomePredictorFormat.Version)
        {
            throw new ModelFormatException($"The model has format version {version}, and this engine reads version {OutcomePredictorFormat.Version}: another version of the engine wrote it. Train again with this one, or use that one.");
        }

        if (bytes.Length < HeaderSize + HashSize || !SHA256.HashData(bytes[..^HashSize]).AsSpan().SequenceEqual(bytes[^HashSize..]))
        {
            throw new ModelFormatException($"The {bytes.Length} bytes of the model do not have the SHA-256 at their end: they are damaged or cut. Take another copy, or train again.");
        }
    }
}
