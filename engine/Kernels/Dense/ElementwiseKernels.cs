// Applies a function to each number of a matrix.
//   thread    one cell: four numbers of contiguous operands of one shape, else one number
//   memory    row-major; smaller operands repeat (rows modulo their count, one column for all); output may be an input
//   numbers   float; reference is ReferenceBackend.Dense
//   limits    Map counts cells in 64 bits; MapRepeated takes fewer than 2^31 numbers, the launcher slices rows
//   checked   tests/Engine/Kernels/ParityTests.cs
using DigitalTwin.Kernels.Arithmetic;
using DigitalTwin.Numerics.Compute.Functions;
using ILGPU;

namespace DigitalTwin.Kernels.Dense;

/// <summary>Operands of an elementwise kernel; those the operation does not read may be any.</summary>
internal struct ElementwiseArguments
{
    public DeviceMatrix A;
    public DeviceMatrix B;
    public DeviceMatrix Output;
    public float Scale;
    public int Accumulate;
    public int FirstRow;
    public long Count;
}

/// <summary>What an elementwise kernel computes.</summary>
internal interface IElementwise
{
    /// <summary>How many of A and B are read.</summary>
    static abstract int InputCount { get; }

    static abstract float Of(float a, float b, float scale);
}

internal readonly struct Filling : IElementwise
{
    public static int InputCount => 0;

    public static float Of(float a, float b, float scale) => scale;
}

internal readonly struct Scaling : IElementwise
{
    public static int InputCount => 1;

    public static float Of(float a, float b, float scale) => scale * a;
}

internal readonly struct ValueOf<TFunction> : IElementwise
    where TFunction : struct, ILaneFunction
{
    public static int InputCount => 1;

    public static float Of(float a, float b, float scale) => DeviceFunctions.Value<TFunction>(a);
}

/// <summary>a f', where b is the input or the output of f, whichever its derivative reads.</summary>
internal readonly struct GradientOf<TFunction> : IElementwise
    where TFunction : struct, ILaneFunction
{
    public static int InputCount => 2;

    public static float Of(float a, float b, float scale) => a * DeviceFunctions.Derivative<TFunction>(b);
}

internal readonly struct SumOf : IElementwise
{
    public static int InputCount => 2;

    public static float Of(float a, float b, float scale) => a + b;
}

internal readonly struct DifferenceOf : IElementwise
{
    public static int InputCount => 2;

    public static float Of(float a, float b, float scale) => a - b;
}

internal readonly struct ProductOf : IElementwise
{
    public static int InputCount => 2;

    public static float Of(float a, float b, float scale) => a * b;
}

internal readonly struct QuotientOf : IElementwise
{
    public static int InputCount => 2;

    public static float Of(float a, float b, float scale) => a / b;
}

internal static class ElementwiseKernels
{
    /// <summary>Contiguous operands of one shape: cells of four, and the last few numbers one by one.</summary>
    public static void Map<TOperation>(ElementwiseArguments a)
        where TOperation : struct, IElementwise
    {
        var place = (((long)Grid.IdxX * Group.DimX) + Group.IdxX) * 4;
        if (place + 4 <= a.Count)
        {
            var x = TOperation.InputCount > 0 ? QuadCell.Load(a.A.Data, place) : default;
            var y = TOperation.InputCount > 1 ? QuadCell.Load(a.B.Data, place) : default;
            var z = a.Accumulate != 0 ? QuadCell.Load(a.Output.Data, place) : default;
            z.X += TOperation.Of(x.X, y.X, a.Scale);
            z.Y += TOperation.Of(x.Y, y.Y, a.Scale);
            z.Z += TOperation.Of(x.Z, y.Z, a.Scale);
            z.W += TOperation.Of(x.W, y.W, a.Scale);
            QuadCell.Store(a.Output.Data, place, z);
            return;
        }

        for (; place < a.Count; place++)
        {
            var x = TOperation.InputCount > 0 ? a.A.Data[place] : 0f;
            var y = TOperation.InputCount > 1 ? a.B.Data[place] : 0f;
            var z = a.Accumulate != 0 ? a.Output.Data[place] : 0f;
            a.Output.Data[place] = z + TOperation.Of(x, y, a.Scale);
        }
    }

    /// <summary>Operands with gaps between rows, or that repeat.</summary>
    public static void MapRepeated<TOperation>(ElementwiseArguments a)
        where TOperation : struct, IElementwise
    {
        var item = (Grid.IdxX * Group.DimX) + Group.IdxX;
        if (item >= a.Count)
        {
            return;
        }

        var inner = item / a.Output.Columns;
        var column = item - (inner * a.Output.Columns);
        var row = a.FirstRow + inner;
        var x = TOperation.InputCount > 0 ? a.A.Repeated(row, column) : 0f;
        var y = TOperation.InputCount > 1 ? a.B.Repeated(row, column) : 0f;
        a.Output.Put(row, column, TOperation.Of(x, y, a.Scale), a.Accumulate);
    }
}
