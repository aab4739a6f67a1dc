using System.Buffers.Binary;

namespace DigitalTwin.Numerics.Autodiff.Checkpoints;

/// <summary>A named block of numbers as it stands in a file: little-endian, row after row.</summary>
public sealed class StoredTensor
{
    /// <exception cref="ArgumentException">The bytes do not fill the shape.</exception>
    public StoredTensor(string name, TensorType type, IReadOnlyList<long> shape, byte[] data)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(data);
        if (CountOf(shape) is not { } count || count > long.MaxValue / 8 || count * type.Size() != data.Length)
        {
            throw new ArgumentException($"Tensor '{name}' [{string.Join(", ", shape)}] of {type} does not take {data.Length} bytes.", nameof(data));
        }

        (Name, Type, Shape, Data) = (name, type, shape, data);
    }

    public string Name { get; }

    public TensorType Type { get; }

    public IReadOnlyList<long> Shape { get; }

    public byte[] Data { get; }

    /// <summary>Sizes as text, such as [160000, 64].</summary>
    public string ShapeText => $"[{string.Join(", ", Shape)}]";

    public static StoredTensor Of(string name, ReadOnlySpan<float> values, params long[] shape)
    {
        var data = new byte[checked(values.Length * sizeof(float))];
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(data.AsSpan(k * sizeof(float)), BitConverter.SingleToInt32Bits(values[k]));
        }

        return new StoredTensor(name, TensorType.F32, shape, data);
    }

    public static StoredTensor Of(string name, ReadOnlySpan<double> values, params long[] shape)
    {
        var data = new byte[checked(values.Length * sizeof(double))];
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(k * sizeof(double)), BitConverter.DoubleToInt64Bits(values[k]));
        }

        return new StoredTensor(name, TensorType.F64, shape, data);
    }

    public static StoredTensor Of(string name, ReadOnlySpan<long> values, params long[] shape)
    {
        var data = new byte[checked(values.Length * sizeof(long))];
        for (var k = 0; k < values.Length; k++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(data.AsSpan(k * sizeof(long)), values[k]);
        }

        return new StoredTensor(name, TensorType.I64, shape, data);
    }

    /// <summary>The numbers, bit for bit.</summary>
    /// <exception cref="CheckpointException">They are of another type.</exception>
    public float[] ToSingles()
    {
        Require(TensorType.F32);
        var values = new float[Data.Length / sizeof(float)];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadInt32LittleEndian(Data.AsSpan(k * sizeof(float))));
        }

        return values;
    }

    /// <summary>The numbers, bit for bit.</summary>
    /// <exception cref="CheckpointException">They are of another type.</exception>
    public double[] ToDoubles()
    {
        Require(TensorType.F64);
        var values = new double[Data.Length / sizeof(double)];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = BitConverter.Int64BitsToDouble(BinaryPrimitives.ReadInt64LittleEndian(Data.AsSpan(k * sizeof(double))));
        }

        return values;
    }

    /// <summary>The numbers.</summary>
    /// <exception cref="CheckpointException">They are of another type.</exception>
    public long[] ToInt64()
    {
        Require(TensorType.I64);
        var values = new long[Data.Length / sizeof(long)];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = BinaryPrimitives.ReadInt64LittleEndian(Data.AsSpan(k * sizeof(long)));
        }

        return values;
    }

    /// <summary>Count of numbers; null if a size is negative or the count passes 2^63.</summary>
    internal static long? CountOf(IReadOnlyList<long> shape)
    {
        UInt128 count = 1;
        foreach (var size in shape)
        {
            if (size < 0)
            {
                return null;
            }

            count *= (UInt128)size;
            if (count > long.MaxValue)
            {
                return null;
            }
        }

        return (long)count;
    }

    private void Require(TensorType type)
    {
        if (Type != type)
        {
            throw new CheckpointException($"Tensor '{Name}' holds {Type}, and {type} is expected.");
        }
    }
}
