using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Steps of optimisers.</summary>
public sealed unsafe partial class SimdBackend
{
    private const int NumbersOfSquares = 16 * 1024;

    public double SumOfSquares(MatrixView input)
    {
        var x = Of(input);
        var (runs, length) = x.IsContiguous ? (1, x.Length) : (x.Count, x.Columns);
        var itemsOfRun = checked((int)((length + NumbersOfSquares - 1) / NumbersOfSquares));
        var items = checked(runs * itemsOfRun);
        var sums = (double*)_shared.Parts(2L * items)[0];
        _team.Run(new SumOfSquaresWork { Input = x, Length = length, ItemsOfRun = itemsOfRun, NumbersOfItem = NumbersOfSquares, Sums = sums }, items);
        var sum = 0.0;
        for (var item = 0; item < items; item++)
        {
            sum += sums[item];
        }

        return sum;
    }

    public void AdamStep(MatrixView parameters, MatrixView gradients, MatrixView firstMoment, MatrixView secondMoment, in AdamStepArguments step)
    {
        OperandCheck.Same(parameters, gradients);
        OperandCheck.Same(parameters, firstMoment);
        OperandCheck.Same(parameters, secondMoment);
        var (p, g, m, v) = (Of(parameters), Of(gradients), Of(firstMoment), Of(secondMoment));
        Each(new AdamRun(p, g, m, v, step), p, AreFlat(p, g) && AreFlat(m, p) && AreFlat(v, p));
    }

    public void SgdStep(MatrixView parameters, MatrixView gradients, MatrixView velocity, in SgdStepArguments step)
    {
        OperandCheck.Same(parameters, gradients);
        OperandCheck.Same(parameters, velocity);
        var (p, g, v) = (Of(parameters), Of(gradients), Of(velocity));
        Each(new SgdRun(p, g, v, step), p, AreFlat(p, g) && AreFlat(v, p));
    }
}

internal unsafe struct SumOfSquaresWork : IParallelWork
{
    public Rows Input;
    public long Length;
    public int ItemsOfRun;
    public int NumbersOfItem;
    public double* Sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var first = (long)(item % ItemsOfRun) * NumbersOfItem;
        var x = Input[item / ItemsOfRun] + first;
        var count = (int)Math.Min(NumbersOfItem, Length - first);
        var sum = Vector512<double>.Zero;
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var (low, high) = Vector512.Widen(Lanes.Load(x + c, count - c));
            sum = Vector512.FusedMultiplyAdd(low, low, sum);
            sum = Vector512.FusedMultiplyAdd(high, high, sum);
        }

        var total = 0.0;
        for (var lane = 0; lane < Vector512<double>.Count; lane++)
        {
            total += sum[lane];
        }

        Sums[item] = total;
    }
}

internal readonly unsafe struct AdamRun(Rows parameters, Rows gradients, Rows firstMoment, Rows secondMoment, AdamStepArguments step) : IRunOperation
{
    private readonly float _correction1 = (float)(1 - Power(step.Beta1, step.Step));
    private readonly float _correction2 = (float)(1 - Power(step.Beta2, step.Step));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var p = parameters[row] + column;
        var g = gradients[row] + column;
        var m = firstMoment[row] + column;
        var v = secondMoment[row] + column;
        var (beta1, beta2) = (Vector512.Create(step.Beta1), Vector512.Create(step.Beta2));
        var (rest1, rest2) = (Vector512.Create(1 - step.Beta1), Vector512.Create(1 - step.Beta2));
        var (inDecay, outDecay) = step.DecoupledDecay ? (0f, step.LearningRate * step.WeightDecay) : (step.WeightDecay, 0f);
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var parameter = Lanes.Load(p + c, rest);
            var gradient = Vector512.FusedMultiplyAdd(Vector512.Create(inDecay), parameter, Lanes.Load(g + c, rest) * Vector512.Create(step.GradientScale));
            var mean = Vector512.FusedMultiplyAdd(rest1, gradient, beta1 * Lanes.Load(m + c, rest));
            var square = Vector512.FusedMultiplyAdd(rest2 * gradient, gradient, beta2 * Lanes.Load(v + c, rest));
            Lanes.Store(mean, m + c, rest);
            Lanes.Store(square, v + c, rest);
            var root = Vector512.Sqrt(square / Vector512.Create(_correction2)) + Vector512.Create(step.Epsilon);
            var change = Vector512.FusedMultiplyAdd(Vector512.Create(outDecay), parameter, Vector512.Create(step.LearningRate) * (mean / Vector512.Create(_correction1)) / root);
            Lanes.Store(parameter - change, p + c, rest);
        }
    }

    /// <summary>A whole power by squaring: the same on every operating system.</summary>
    private static double Power(double number, int exponent)
    {
        var result = 1.0;
        for (var rest = exponent; rest > 0; rest >>= 1)
        {
            result *= (rest & 1) != 0 ? number : 1;
            number *= number;
        }

        return result;
    }
}

internal readonly unsafe struct SgdRun(Rows parameters, Rows gradients, Rows velocity, SgdStepArguments step) : IRunOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var p = parameters[row] + column;
        var g = gradients[row] + column;
        var v = velocity[row] + column;
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var parameter = Lanes.Load(p + c, rest);
            var speed = Vector512.FusedMultiplyAdd(Vector512.Create(step.WeightDecay), parameter, Lanes.Load(g + c, rest) * Vector512.Create(step.GradientScale));
            speed = Vector512.FusedMultiplyAdd(Vector512.Create(step.Momentum), Lanes.Load(v + c, rest), speed);
            Lanes.Store(speed, v + c, rest);
            Lanes.Store(parameter - (Vector512.Create(step.LearningRate) * speed), p + c, rest);
        }
    }
}
