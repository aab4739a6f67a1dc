using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Storage;

/// <summary>Trained predictors as bytes, and back: what is read predicts bit for bit what was written (on the same kind of machine) and has the same findings. A model stands
/// alone: the genes and edges it computes over are in its bytes. Ids of training subjects and what was predicted of them are not; the sorted training values of each feature of
/// a layer are, for a new value is scored among them.</summary>
/// <remarks>Little-endian: magic (8 bytes), format version (4), models, SHA-256 of all before it (32). The same models give the same bytes.</remarks>
public static class OutcomePredictorFormat
{
    /// <summary>Version of the format. Raise it whenever any type writes anything else than before; older bytes are then refused by name.</summary>
    public const int Version = 1;

    private const int HeaderSize = 12;
    private const int HashSize = 32;

    private static ReadOnlySpan<byte> Magic => "DTmodels"u8;

    /// <summary>One predictor as bytes.</summary>
    /// <exception cref="NotSupportedException">It is, or holds, a predictor of a kind that cannot be stored; says which.</exception>
    public static byte[] Write(IOutcomePredictor predictor) => WriteAll([predictor]);

    /// <summary>Several predictors as bytes: what they share (a gene network, a model that others start from) is written once.</summary>
    /// <exception cref="NotSupportedException">One is, or holds, a predictor of a kind that cannot be stored; says which.</exception>
    public static byte[] WriteAll(IReadOnlyList<IOutcomePredictor> predictors)
    {
        var target = new ArrayBufferWriter<byte>();
        WriteAll(predictors, bytes => target.Write(bytes));
        return target.WrittenSpan.ToArray();
    }

    /// <inheritdoc cref="WriteAll(IReadOnlyList{IOutcomePredictor})"/>
    /// <param name="predictors">In the order they come back.</param>
    /// <param name="target">Gets the bytes from where it stands; stays open.</param>
    public static void WriteAll(IReadOnlyList<IOutcomePredictor> predictors, Stream target)
    {
        ArgumentNullException.ThrowIfNull(target);
        WriteAll(predictors, target.Write);
    }

    /// <summary>One predictor from bytes.</summary>
    /// <param name="bytes">Of one predictor.</param>
    /// <param name="threadCount">Threads it may use to predict, 1 or more; no number depends on it. Networks predict on processors, whatever they were trained on.</param>
    /// <exception cref="ModelFormatException">The bytes are not one sound model of this version.</exception>
    public static IOutcomePredictor Read(ReadOnlyMemory<byte> bytes, int threadCount)
    {
        var all = ReadAll(bytes, threadCount);
        return all.Count == 1 ? all[0] : throw new ModelFormatException($"These bytes hold {all.Count} models where one is wanted. Read them as a list.");
    }

    /// <summary>The predictors that <see cref="WriteAll(IReadOnlyList{IOutcomePredictor})"/> wrote, in their order.</summary>
    /// <inheritdoc cref="Read"/>
    public static IReadOnlyList<IOutcomePredictor> ReadAll(ReadOnlyMemory<byte> bytes, int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        CheckHeader(bytes.Span);
        var reader = new ModelReader(bytes[HeaderSize..^HashSize], threadCount);
        try
        {
            IOutcomePredictor[] predictors = reader.Parts<IStoredPredictor>();
            reader.Require(reader.Left == 0, $"{reader.Left} bytes follow the last model");
            return predictors;
        }
        catch (Exception e) when (e is ArgumentException or OverflowException or InvalidOperationException or NotSupportedException)
        {
            // Constructors check what they are given: here it came from the bytes.
            throw reader.Fault("a part contradicts itself: " + e.Message, e);
        }
    }

    private static void WriteAll(IReadOnlyList<IOutcomePredictor> predictors, StoredByteSink sink)
    {
        ArgumentNullException.ThrowIfNull(predictors);
        using var writer = new ModelWriter(sink);
        writer.Raw(Magic);
        writer.Int(Version);
        writer.Parts(predictors);
        writer.Finish();
    }

    private static void CheckHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < HeaderSize || !bytes.StartsWith(Magic))
        {
            throw new ModelFormatException($"These {bytes.Length} bytes are not a trained model. Give the bytes that the model was written as, or train again.");
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(bytes[Magic.Length..]);
        if (version != Version)
        {
            throw new ModelFormatException($"The model has format version {version}, and this engine reads version {Version}. Train again.");
        }

        if (bytes.Length < HeaderSize + HashSize || !SHA256.HashData(bytes[..^HashSize]).AsSpan().SequenceEqual(bytes[^HashSize..]))
        {
            throw new ModelFormatException($"The {bytes.Length} bytes of the model do not have the SHA-256 at their end: they are damaged or cut. Take another copy, or train again.");
        }
    }
}
