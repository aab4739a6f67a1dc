using System.Buffers.Binary;

namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>Reads one tensor archive, trusting nothing: sizes are compared with limits before room is made for them, places must tile the data.</summary>
internal sealed class TensorArchiveReader(Stream stream, TensorArchiveLimits limits)
{
    private const int ChunkBytes = 1 << 20;

    public TensorArchive Read()
    {
        var header = ReadHeader();
        var archive = new TensorArchive();
        var entries = TensorArchiveHeader.Parse(header, limits, archive);
        var place = 0L;
        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            if (entry.Begin != place)
            {
                throw new CheckpointException(entry.Begin < place
                    ? $"Tensor '{entry.Name}' begins at byte {entry.Begin}, inside the one before it, which ends at {place}: the places overlap."
                    : $"Tensor '{entry.Name}' begins at byte {entry.Begin}, and the one before it ends at {place}: there is a hole.");
            }

            place = entry.End;
        }

        if (place > limits.DataBytes)
        {
            throw new CheckpointException($"The tensors claim {place} bytes, and {limits.DataBytes} are allowed.");
        }

        foreach (var entry in entries.OrderBy(e => e.Begin).ThenBy(e => e.End))
        {
            archive.Add(new StoredTensor(entry.Name, entry.Type, entry.Shape, ReadBytes(entry.End - entry.Begin, $"tensor '{entry.Name}'")));
        }

        if (stream.ReadByte() >= 0)
        {
            throw new CheckpointException($"There are bytes after the last tensor, past byte {place} of the data: the file is not what its header says.");
        }

        return archive;
    }

    private byte[] ReadHeader()
    {
        var length = BinaryPrimitives.ReadUInt64LittleEndian(ReadBytes(sizeof(ulong), "the length of the header"));
        if (length > (ulong)limits.HeaderBytes)
        {
            throw new CheckpointException($"The header claims {length} bytes, and {limits.HeaderBytes} are allowed: this is not a checkpoint, or not one to trust.");
        }

        return ReadBytes((long)length, "the header");
    }

    /// <summary>Room grows with what arrives, so that a short file cannot claim much of it.</summary>
    private byte[] ReadBytes(long count, string what)
    {
        if (count > Array.MaxLength)
        {
            throw new CheckpointException($"Of {what}, {count} bytes are claimed, more than one tensor can hold.");
        }

        var bytes = new byte[Math.Min(count, ChunkBytes)];
        var filled = 0;
        while (filled < count)
        {
            if (filled == bytes.Length)
            {
                Array.Resize(ref bytes, (int)Math.Min(count, Math.Min(2L * bytes.Length, Array.MaxLength)));
            }

            var read = stream.Read(bytes, filled, bytes.Length - filled);
            if (read == 0)
            {
                throw new CheckpointException($"The checkpoint is truncated: of {what}, {filled} of {count} bytes are there.");
            }

            filled += read;
        }

        return bytes;
    }
}
