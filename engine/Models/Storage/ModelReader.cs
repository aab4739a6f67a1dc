using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;

namespace DigitalTwin.Models.Storage;

/// <summary>Reads the parts of trained models and trusts nothing: a count is held against the bytes that are left before anything is allocated, parts nest to a depth, and
/// whatever is wrong is a <see cref="ModelFormatException"/>. The counterpart of <see cref="ModelWriter"/>.</summary>
internal sealed class ModelReader
{
    /// <summary>Parts inside parts at most.</summary>
    private const int MostDepth = 32;

    /// <summary>Parts at most of one part, those met again counted each time: what a prediction may have to go through.</summary>
    private const long MostUnfolded = 100_000;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly List<(object Part, long Unfolded)> _parts = [];
    private int _place;
    private int _depth;
    private long _unfolded;

    /// <param name="bytes">What <see cref="ModelWriter"/> wrote, without magic and hash.</param>
    /// <param name="threadCount">Threads that the models may use, 1 or more.</param>
    public ModelReader(ReadOnlyMemory<byte> bytes, int threadCount) => (_bytes, ThreadCount) = (bytes, threadCount);

    /// <summary>Threads that the models may use.</summary>
    public int ThreadCount { get; }

    /// <summary>Bytes in all: nothing that was stored has more of anything.</summary>
    public int Length => _bytes.Length;

    /// <summary>Bytes that are left.</summary>
    public int Left => _bytes.Length - _place;

    public bool Flag()
    {
        var value = Raw(1)[0];
        Require(value <= 1, $"a yes or no is {value}");
        return value == 1;
    }

    public int Int() => BinaryPrimitives.ReadInt32LittleEndian(Raw(sizeof(int)));

    public ulong Long() => BinaryPrimitives.ReadUInt64LittleEndian(Raw(sizeof(ulong)));

    public double Number() => BinaryPrimitives.ReadDoubleLittleEndian(Raw(sizeof(double)));

    public float Single() => BinaryPrimitives.ReadSingleLittleEndian(Raw(sizeof(float)));

    /// <summary>A whole number within limits.</summary>
    public int IntWithin(int least, int most, string what)
    {
        var value = Int();
        Require(value >= least && value <= most, $"{what} is {value}, and lies between {least} and {most}");
        return value;
    }

    public double Finite(string what)
    {
        var value = Number();
        Require(double.IsFinite(value), $"{what} is {value}");
        return value;
    }

    public T Choice<T>()
        where T : struct, Enum
    {
        var number = Int();
        foreach (var value in Enum.GetValues<T>())
        {
            if (((IConvertible)value).ToInt32(null) == number)
            {
                return value;
            }
        }

        throw Fault($"there is no {typeof(T).Name} of number {number}");
    }

    public string Text()
    {
        var length = Count(1, "text");
        Require(length <= StoredText.MostBytes, $"a text has {length} bytes, and {StoredText.MostBytes} is the most");
        try
        {
            return StoredText.Encoding.GetString(Raw(length));
        }
        catch (DecoderFallbackException e)
        {
            throw Fault("a text is no UTF-8", e);
        }
    }

    public string? OptionalText() => Flag() ? Text() : null;

    public string[] Texts() => List(Text, sizeof(int));

    public int[] Ints()
    {
        var values = new int[Count(sizeof(int), "array")];
        Fill(MemoryMarshal.AsBytes(values.AsSpan()), sizeof(int));
        return values;
    }

    public double[] Numbers()
    {
        var values = new double[Count(sizeof(double), "array")];
        Fill(MemoryMarshal.AsBytes(values.AsSpan()), sizeof(double));
        return values;
    }

    /// <param name="count">How many there must be.</param>
    /// <param name="what">Of what, for the message.</param>
    public double[] Numbers(int count, string what)
    {
        var values = Numbers();
        Require(values.Length == count, $"there are {values.Length} {what}, and {count} belong there");
        return values;
    }

    public float[] Singles()
    {
        var values = new float[Count(sizeof(float), "array")];
        Fill(MemoryMarshal.AsBytes(values.AsSpan()), sizeof(float));
        return values;
    }

    public double[]? OptionalNumbers() => Flag() ? Numbers() : null;

    /// <summary>Finite numbers that ascend, at least one: a grid of times.</summary>
    public double[] Ascending(string what)
    {
        var values = Numbers();
        Require(values.Length > 0 && double.IsFinite(values[0]) && double.IsFinite(values[^1]), $"{what} are {values.Length}, and at least one finite number belongs there");
        for (var k = 1; k < values.Length; k++)
        {
            Require(values[k] > values[k - 1], $"{what} do not ascend: {values[k]} stands after {values[k - 1]}");
        }

        return values;
    }

    public double[][] Table() => List(Numbers, sizeof(int));

    /// <param name="read">Reads one.</param>
    /// <param name="leastBytes">Bytes of one at least.</param>
    public T[] List<T>(Func<T> read, int leastBytes = 1)
    {
        var count = Count(leastBytes, "list");
        var values = new List<T>(Math.Min(count, 1024));
        for (var k = 0; k < count; k++)
        {
            values.Add(read());
        }

        return [.. values];
    }

    /// <summary>A part of a type, or one met before.</summary>
    public T Part<T>()
        where T : class
    {
        var number = Int();
        if (number != 0)
        {
            Require(number > 0 && number <= _parts.Count, $"it refers to part {number}, and {_parts.Count} have been read");
            var (earlier, unfolded) = _parts[number - 1];
            Unfold(unfolded);
            return earlier as T ?? throw Fault($"a {earlier.GetType().Name} stands where a {typeof(T).Name} belongs");
        }

        var tag = Int();
        var form = StoredParts.Of(tag) ?? throw Fault($"there is no kind of part with the tag {tag}");
        Require(typeof(T).IsAssignableFrom(form.Type), $"a {form.Type.Name} stands where a {typeof(T).Name} belongs");
        Require(++_depth <= MostDepth, $"parts are nested deeper than {MostDepth}");
        var outside = _unfolded;
        _unfolded = 1;
        var part = form.Read(this);
        _depth--;
        _parts.Add((part, _unfolded));
        Unfold(outside);
        return (T)part;
    }

    public T? OptionalPart<T>()
        where T : class => Flag() ? Part<T>() : null;

    public T[] Parts<T>()
        where T : class => List(Part<T>, sizeof(int));

    /// <summary>Refuses what contradicts itself.</summary>
    public void Require(bool holds, [System.Runtime.CompilerServices.InterpolatedStringHandlerArgument("holds")] RequirementText what)
    {
        if (!holds)
        {
            throw Fault(what.ToString());
        }
    }

    public ModelFormatException Fault(string what, Exception? cause = null) =>
        new($"These bytes are no sound model: at byte {_place} of {_bytes.Length}, {what}. Take another copy of them, or train again.", cause);

    private void Unfold(long parts)
    {
        _unfolded += parts;
        Require(_unfolded <= MostUnfolded, $"a part consists of more than {MostUnfolded} parts");
    }

    private int Count(int bytesEach, string what)
    {
        var count = Int();
        Require(count >= 0 && (long)count * bytesEach <= Left, $"a {what} of {count} does not fit into the {Left} bytes that are left");
        return count;
    }

    private ReadOnlySpan<byte> Raw(int count)
    {
        Require(count <= Left, $"{count} bytes are wanted and {Left} are left");
        var bytes = _bytes.Span.Slice(_place, count);
        _place += count;
        return bytes;
    }

    private void Fill(Span<byte> target, int size)
    {
        Raw(target.Length).CopyTo(target);
        for (var k = 0; k < target.Length && !BitConverter.IsLittleEndian; k += size)
        {
            target.Slice(k, size).Reverse();
        }
    }
}
