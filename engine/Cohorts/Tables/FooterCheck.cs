using System.Buffers.Binary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary>Checks that a Parquet file ends in one whole Thrift structure, before the Parquet reader sees it: on a broken footer that
/// reader can loop for ever, nest until the stack is gone, or allocate what a length claims.</summary>
/// <remarks>Source: [Parquet] file format and [ThriftCompact]. Walks the structure without keeping anything.</remarks>
internal ref struct FooterCheck
{
    private const int TailLength = 8;
    private const int LargestFooter = 256 << 20;
    private const int DeepestNesting = 16;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _position;

    private FooterCheck(ReadOnlySpan<byte> bytes) => _bytes = bytes;

    /// <exception cref="InvalidDataException">The footer is no whole structure.</exception>
    public static void Run(Stream file)
    {
        Span<byte> tail = stackalloc byte[TailLength];
        if (file.Length < 2 * TailLength)
        {
            throw new InvalidDataException("The file is too short.");
        }

        file.Position = file.Length - TailLength;
        file.ReadExactly(tail);
        var length = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail[4..].SequenceEqual("PAR1"u8) || length <= 0 || length > Math.Min(LargestFooter, file.Length - TailLength))
        {
            throw new InvalidDataException("The file does not end as a Parquet file does.");
        }

        var bytes = new byte[length];
        file.Position = file.Length - TailLength - length;
        file.ReadExactly(bytes);
        file.Position = 0;
        var check = new FooterCheck(bytes);
        check.SkipStructure(DeepestNesting);
        if (check._position != length)
        {
            throw new InvalidDataException("The footer does not fill its length.");
        }
    }

    private void SkipStructure(int depth)
    {
        if (depth == 0)
        {
            throw new InvalidDataException("The footer is nested too deep.");
        }

        for (var header = Next(); header != 0; header = Next())
        {
            if (header >> 4 == 0)
            {
                SkipVarint();
            }

            // Of a field, true and false are types of their own.
            if ((header & 0xF) is not (1 or 2))
            {
                Skip(header & 0xF, depth);
            }
        }
    }

    private void Skip(int type, int depth)
    {
        switch (type)
        {
            case 1 or 2 or 3:
                Advance(1);
                break;
            case 4 or 5 or 6:
                SkipVarint();
                break;
            case 7:
                Advance(8);
                break;
            case 8:
                Advance(SkipVarint());
                break;
            case 9 or 10:
                SkipList(depth);
                break;
            case 12:
                SkipStructure(depth - 1);
                break;
            default:
                throw new InvalidDataException("The footer has a field of a type Parquet does not use.");
        }
    }

    private void SkipList(int depth)
    {
        var header = Next();
        var count = header >> 4 == 15 ? SkipVarint() : (ulong)(header >> 4);

        // Every element takes a byte at least, so a claimed count cannot outrun the bytes.
        if (depth == 0 || count > (ulong)(_bytes.Length - _position))
        {
            throw new InvalidDataException("The footer has a list longer than itself.");
        }

        for (var i = 0UL; i < count; i++)
        {
            Skip(header & 0xF, depth - 1);
        }
    }

    private ulong SkipVarint()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Next();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("The footer has a number without end.");
    }

    private int Next()
    {
        Advance(1);
        return _bytes[_position - 1];
    }

    private void Advance(ulong count)
    {
        if (count > (ulong)(_bytes.Length - _position))
        {
            throw new InvalidDataException("The footer ends too early.");
        }

        _position += (int)count;
    }
}
