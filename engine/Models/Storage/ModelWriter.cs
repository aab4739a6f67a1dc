using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace DigitalTwin.Models.Storage;

/// <summary>Writes the parts of trained models, little-endian, and the SHA-256 of all that was written at the end. A part that is met again is written as the number of the
/// first. The counterpart of <see cref="ModelReader"/>.</summary>
internal sealed class ModelWriter : IDisposable
{
    private const int BufferSize = 1 << 16;

    private readonly StoredByteSink _sink;
    private readonly byte[] _buffer = new byte[BufferSize];
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly Dictionary<object, int> _parts = new(ReferenceEqualityComparer.Instance);
    private int _filled;

    /// <param name="sink">Where bytes go.</param>
    public ModelWriter(StoredByteSink sink) => _sink = sink;

    public void Flag(bool value) => Raw([value ? (byte)1 : (byte)0]);

    public void Int(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        Raw(bytes);
    }

    public void Long(ulong value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, value);
        Raw(bytes);
    }

    public void Number(double value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        Raw(bytes);
    }

    public void Single(float value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        Raw(bytes);
    }

    /// <summary>A value of an enumeration, by its number.</summary>
    public void Choice<T>(T value)
        where T : struct, Enum => Int(((IConvertible)value).ToInt32(null));

    /// <exception cref="ArgumentException">The text is no Unicode, or longer than a reader takes.</exception>
    public void Text(string value)
    {
        var bytes = StoredText.Encoding.GetBytes(value);
        if (bytes.Length > StoredText.MostBytes)
        {
            throw new ArgumentException($"A text of {bytes.Length} bytes cannot be stored; {StoredText.MostBytes} is the most. It starts '{value[..40]}'.", nameof(value));
        }

        Int(bytes.Length);
        Raw(bytes);
    }

    public void OptionalText(string? value)
    {
        Flag(value is not null);
        if (value is not null)
        {
            Text(value);
        }
    }

    public void Texts(IReadOnlyList<string> values) => List(values, Text);

    public void Ints(ReadOnlySpan<int> values)
    {
        Int(values.Length);
        if (BitConverter.IsLittleEndian)
        {
            Raw(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (var value in values)
        {
            Int(value);
        }
    }

    public void Numbers(ReadOnlySpan<double> values)
    {
        Int(values.Length);
        if (BitConverter.IsLittleEndian)
        {
            Raw(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (var value in values)
        {
            Number(value);
        }
    }

    public void Singles(ReadOnlySpan<float> values)
    {
        Int(values.Length);
        if (BitConverter.IsLittleEndian)
        {
            Raw(MemoryMarshal.AsBytes(values));
            return;
        }

        foreach (var value in values)
        {
            Single(value);
        }
    }

    public void OptionalNumbers(double[]? values)
    {
        Flag(values is not null);
        if (values is not null)
        {
            Numbers(values);
        }
    }

    public void Table(IReadOnlyList<double[]> rows) => List(rows, row => Numbers(row));

    public void List<T>(IReadOnlyList<T> values, Action<T> write)
    {
        Int(values.Count);
        foreach (var value in values)
        {
            write(value);
        }
    }

    /// <summary>A part that has a tag; met again, only its number.</summary>
    /// <exception cref="NotSupportedException">There is no way to store a part of its type.</exception>
    public void Part(object part)
    {
        if (_parts.TryGetValue(part, out var number))
        {
            Int(number);
            return;
        }

        var form = StoredParts.Of(part);
        Int(0);
        Int(form.Tag);
        form.Write(part, this);
        _parts.Add(part, _parts.Count + 1);
    }

    public void OptionalPart(object? part)
    {
        Flag(part is not null);
        if (part is not null)
        {
            Part(part);
        }
    }

    public void Parts(IReadOnlyList<object> parts) => List(parts, Part);

    /// <summary>The part written before that says the same, else this one: for parts that are made anew for each model and yet are the same in all.</summary>
    public T Same<T>(T part, Func<T, T, bool> areSame)
        where T : class => _parts.Keys.OfType<T>().FirstOrDefault(p => areSame(p, part)) ?? part;

    /// <summary>Bytes as they are.</summary>
    public void Raw(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _buffer.Length - _filled)
        {
            Flush();
        }

        if (bytes.Length > _buffer.Length)
        {
            _hash.AppendData(bytes);
            _sink(bytes);
            return;
        }

        bytes.CopyTo(_buffer.AsSpan(_filled));
        _filled += bytes.Length;
    }

    /// <summary>Writes the SHA-256 of everything before it.</summary>
    public void Finish()
    {
        Flush();
        _sink(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    private void Flush()
    {
        _hash.AppendData(_buffer, 0, _filled);
        _sink(_buffer.AsSpan(0, _filled));
        _filled = 0;
    }
}

/// <summary>Takes bytes in the order they come.</summary>
internal delegate void StoredByteSink(ReadOnlySpan<byte> bytes);

/// <summary>How texts are stored.</summary>
internal static class StoredText
{
    /// <summary>Bytes of one text at most.</summary>
    public const int MostBytes = 1 << 20;

    /// <summary>UTF-8 that refuses what is no Unicode.</summary>
    public static System.Text.Encoding Encoding { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
}
