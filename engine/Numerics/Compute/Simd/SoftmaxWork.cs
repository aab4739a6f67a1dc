using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>log sum exp of each row, and from it the softmax or its logarithm where an output is set.</summary>
internal unsafe struct SoftmaxWork : IParallelWork
{
    public Rows Input;
    public Rows Output;
    public bool HasOutput;
    public bool Logarithm;
    public Rows Total;
    public bool HasTotal;
    public int RowsOfItem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var end = Math.Min(Input.Count, (item + 1) * RowsOfItem);
        for (var row = item * RowsOfItem; row < end; row++)
        {
            var (greatest, sum) = MaximumAndSum(Input[row], Input.Columns);
            if (HasTotal)
            {
                *Total[row] = greatest + Lanes.Log(sum);
            }

            if (HasOutput)
            {
                Write(Input[row], Output[row], greatest, sum);
            }
        }
    }

    /// <summary>The greatest number of a run, and the sum of exp(x - greatest) over it: what a softmax divides by. Kept apart, since their joint logarithm
    /// loses digits where numbers are large. Minus infinity and 1 for a run without a finite number.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (float Maximum, float Sum) MaximumAndSum(float* x, int count)
    {
        var lanes = Vector512.Create(float.NegativeInfinity);
        for (var c = 0; c < count; c += Lanes.Count)
        {
            lanes = Vector512.Max(lanes, Lanes.Load(x + c, count - c, float.NegativeInfinity));
        }

        var greatest = Lanes.Maximum(lanes);
        if (float.IsNegativeInfinity(greatest))
        {
            return (greatest, 1f);
        }

        var shift = Vector512.Create(greatest);
        var sum = Vector512<float>.Zero;
        for (var c = 0; c < count; c += Lanes.Count)
        {
            sum += Lanes.Exp(Lanes.Load(x + c, count - c, float.NegativeInfinity) - shift);
        }

        return (greatest, Lanes.Sum(sum));
    }

    /// <summary>Turns scores into softmax weights in whole registers; the result is their log sum exp.</summary>
    /// <param name="scores">Scores, minus infinity from <paramref name="count"/> to the end of the last register.</param>
    /// <param name="count">Count of scores.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static float Normalise(float* scores, int count)
    {
        var lanes = Vector512.Create(float.NegativeInfinity);
        for (var k = 0; k < count; k += Lanes.Count)
        {
            lanes = Vector512.Max(lanes, Vector512.Load(scores + k));
        }

        var greatest = Lanes.Maximum(lanes);
        if (float.IsNegativeInfinity(greatest))
        {
            return greatest;
        }

        var shift = Vector512.Create(greatest);
        var sums = Vector512<float>.Zero;
        for (var k = 0; k < count; k += Lanes.Count)
        {
            var power = Lanes.Exp(Vector512.Load(scores + k) - shift);
            power.Store(scores + k);
            sums += power;
        }

        var sum = Lanes.Sum(sums);
        var factor = Vector512.Create(1 / sum);
        for (var k = 0; k < count; k += Lanes.Count)
        {
            (Vector512.Load(scores + k) * factor).Store(scores + k);
        }

        return greatest + Lanes.Log(sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private readonly void Write(float* x, float* y, float greatest, float sum)
    {
        var shift = Vector512.Create(greatest);
        var factor = Vector512.Create(1 / sum);
        var rest = Vector512.Create(Logarithm ? Lanes.Log(sum) : 0f);
        for (var c = 0; c < Input.Columns; c += Lanes.Count)
        {
            var difference = Lanes.Load(x + c, Input.Columns - c) - shift;
            Lanes.Store(Logarithm ? difference - rest : Lanes.Exp(difference) * factor, y + c, Input.Columns - c);
        }
    }
}

/// <summary>Gradient of the softmax of each row, or of its logarithm.</summary>
internal unsafe struct SoftmaxBackwardWork : IParallelWork
{
    public Rows Output;
    public Rows OutputGradient;
    public Rows InputGradient;
    public bool Logarithm;
    public bool Accumulate;
    public int RowsOfItem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var columns = Output.Columns;
        var end = Math.Min(Output.Count, (item + 1) * RowsOfItem);
        for (var row = item * RowsOfItem; row < end; row++)
        {
            var y = Output[row];
            var dy = OutputGradient[row];
            var dx = InputGradient[row];
            var products = Vector512<float>.Zero;
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var gradient = Lanes.Load(dy + c, columns - c);
                products += Logarithm ? gradient : gradient * Lanes.Load(y + c, columns - c);
            }

            var sum = Vector512.Create(Lanes.Sum(products));
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var (value, gradient) = (Lanes.Load(y + c, columns - c), Lanes.Load(dy + c, columns - c));
                var result = Logarithm ? gradient - (Lanes.Exp(value) * sum) : value * (gradient - sum);
                Lanes.Store(Accumulate ? Lanes.Load(dx + c, columns - c) + result : result, dx + c, columns - c);
            }
        }
    }
}
