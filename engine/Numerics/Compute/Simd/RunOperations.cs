using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

internal readonly unsafe struct FillRun(Rows output, float value) : IRunOperation
{
    public void Run(long row, long column, int count) => new Span<float>(output[row] + column, count).Fill(value);
}

internal readonly unsafe struct CopyRun(Rows input, Rows output, float scale, bool accumulate, bool streams) : IRunOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var x = input.Repeated(row);
        var y = output[row] + column;
        var step = input.Columns == output.Columns ? 1 : 0;
        x += column * step;
        var factor = Vector512.Create(scale);
        if (step == 1 && scale == 1f && !accumulate && !streams)
        {
            new ReadOnlySpan<float>(x, count).CopyTo(new Span<float>(y, count));
            return;
        }

        for (var c = 0; c < count; c += Lanes.Count)
        {
            var value = step == 1 ? Lanes.Load(x + c, count - c) : Vector512.Create(*x);
            var sum = accumulate ? Vector512.FusedMultiplyAdd(factor, value, Lanes.Load(y + c, count - c)) : factor * value;
            Lanes.Store(sum, y + c, count - c, streams);
        }
    }
}

internal readonly unsafe struct UnaryRun<TFunction>(Rows input, Rows output, bool streams) : IRunOperation
    where TFunction : unmanaged, ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var x = input[row] + column;
        var y = output[row] + column;
        for (var c = 0; c < count; c += Lanes.Count)
        {
            Lanes.Store(TFunction.Value(new VectorLanes(Lanes.Load(x + c, count - c))).Value, y + c, count - c, streams);
        }
    }
}

internal readonly unsafe struct UnaryBackwardRun<TFunction>(Rows input, Rows output, Rows outputGradient, Rows inputGradient, bool accumulate, bool streams) : IRunOperation
    where TFunction : unmanaged, ILaneFunction
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var x = input[row] + column;
        var y = output[row] + column;
        var dy = outputGradient[row] + column;
        var dx = inputGradient[row] + column;
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var slope = TFunction.Derivative(new VectorLanes(Lanes.Load(x + c, rest)), new VectorLanes(Lanes.Load(y + c, rest))).Value;
            var gradient = Lanes.Load(dy + c, rest) * slope;
            Lanes.Store(accumulate ? Lanes.Load(dx + c, rest) + gradient : gradient, dx + c, rest, streams);
        }
    }
}

/// <summary>A function of two numbers as a type.</summary>
internal interface ILaneOperator
{
    static abstract Vector512<float> Apply(Vector512<float> left, Vector512<float> right);
}

internal readonly struct Addition : ILaneOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> left, Vector512<float> right) => left + right;
}

internal readonly struct Subtraction : ILaneOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> left, Vector512<float> right) => left - right;
}

internal readonly struct Multiplication : ILaneOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> left, Vector512<float> right) => left * right;
}

internal readonly struct Division : ILaneOperator
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Apply(Vector512<float> left, Vector512<float> right) => left / right;
}

internal readonly unsafe struct BinaryRun<TOperator>(Rows left, Rows right, Rows output, bool accumulate, bool streams) : IRunOperation
    where TOperator : unmanaged, ILaneOperator
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var (stepOfLeft, stepOfRight) = (left.Columns == output.Columns ? 1 : 0, right.Columns == output.Columns ? 1 : 0);
        var a = left.Repeated(row) + (column * stepOfLeft);
        var b = right.Repeated(row) + (column * stepOfRight);
        var y = output[row] + column;
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var x = stepOfLeft == 1 ? Lanes.Load(a + c, rest) : Vector512.Create(*a);
            var z = stepOfRight == 1 ? Lanes.Load(b + c, rest) : Vector512.Create(*b);
            var value = TOperator.Apply(x, z);
            Lanes.Store(accumulate ? Lanes.Load(y + c, rest) + value : value, y + c, rest, streams);
        }
    }
}
