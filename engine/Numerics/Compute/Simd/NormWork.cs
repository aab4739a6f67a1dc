using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Layer normalisation of some rows.</summary>
internal unsafe struct LayerNormWork : IParallelWork
{
    public Rows Input;
    public float* Scale;
    public float* Shift;
    public Rows Output;
    public Rows Statistics;
    public float Epsilon;
    public int RowsOfItem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var columns = Input.Columns;
        var end = Math.Min(Input.Count, (item + 1) * RowsOfItem);
        for (var row = item * RowsOfItem; row < end; row++)
        {
            var x = Input[row];
            var y = Output[row];
            var sum = Vector512<float>.Zero;
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                sum += Lanes.Load(x + c, columns - c);
            }

            var mean = Lanes.Sum(sum) / columns;
            var squares = Vector512<float>.Zero;
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var deviation = Lanes.Load(x + c, columns - c, mean) - Vector512.Create(mean);
                squares = Vector512.FusedMultiplyAdd(deviation, deviation, squares);
            }

            var inverse = 1 / MathF.Sqrt((Lanes.Sum(squares) / columns) + Epsilon);
            (Statistics[row][0], Statistics[row][1]) = (mean, inverse);
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var rest = columns - c;
                var normal = (Lanes.Load(x + c, rest) - Vector512.Create(mean)) * Vector512.Create(inverse);
                Lanes.Store(Vector512.FusedMultiplyAdd(normal, Lanes.Load(Scale + c, rest), Lanes.Load(Shift + c, rest)), y + c, rest);
            }
        }
    }
}

/// <summary>Gradient of layer normalisation of some rows; each item keeps its own sums for scale and shift, shape [items, 2, columns].</summary>
internal unsafe struct LayerNormBackwardWork : IParallelWork
{
    public Rows Input;
    public float* Scale;
    public Rows Statistics;
    public Rows OutputGradient;
    public Rows InputGradient;
    public float* Sums;
    public bool Accumulate;
    public int RowsOfItem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var columns = Input.Columns;
        var scaleSums = Sums + (2L * item * columns);
        var shiftSums = scaleSums + columns;
        new Span<float>(scaleSums, 2 * columns).Clear();
        var end = Math.Min(Input.Count, (item + 1) * RowsOfItem);
        for (var row = item * RowsOfItem; row < end; row++)
        {
            var x = Input[row];
            var dy = OutputGradient[row];
            var dx = InputGradient[row];
            var (mean, inverse) = (Vector512.Create(Statistics[row][0]), Vector512.Create(Statistics[row][1]));
            var (sum, sumOfProducts) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var rest = columns - c;
                var normal = (Lanes.Load(x + c, rest) - mean) * inverse;
                var gradient = Lanes.Load(dy + c, rest);
                var scaled = gradient * Lanes.Load(Scale + c, rest);
                sum += scaled;
                sumOfProducts = Vector512.FusedMultiplyAdd(scaled, normal, sumOfProducts);
                Lanes.Store(Vector512.FusedMultiplyAdd(gradient, normal, Lanes.Load(scaleSums + c, rest)), scaleSums + c, rest);
                Lanes.Store(Lanes.Load(shiftSums + c, rest) + gradient, shiftSums + c, rest);
            }

            var (meanGradient, meanProduct) = (Vector512.Create(Lanes.Sum(sum) / columns), Vector512.Create(Lanes.Sum(sumOfProducts) / columns));
            for (var c = 0; c < columns; c += Lanes.Count)
            {
                var rest = columns - c;
                var normal = (Lanes.Load(x + c, rest) - mean) * inverse;
                var gradient = inverse * ((Lanes.Load(dy + c, rest) * Lanes.Load(Scale + c, rest)) - Vector512.FusedMultiplyAdd(normal, meanProduct, meanGradient));
                Lanes.Store(Accumulate ? Lanes.Load(dx + c, rest) + gradient : gradient, dx + c, rest);
            }
        }
    }
}

/// <summary>Sums over rows that batch normalisation needs, each item its own part, shape [items, 2, columns]: of x and (x - mean)^2, or of the gradient and
/// its product with the normalised input.</summary>
internal unsafe struct BatchSumsWork : IParallelWork
{
    public Rows Input;
    public Rows Gradient;
    public bool HasGradient;
    public Rows Statistics;
    public float* Sums;
    public int RowsOfItem;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly void Execute(int item, int worker)
    {
        var columns = Input.Columns;
        var firstSums = Sums + (2L * item * columns);
        var end = Math.Min(Input.Count, (item + 1) * RowsOfItem);
        for (var c = 0; c < columns; c += Lanes.Count)
        {
            var rest = columns - c;
            var (mean, inverse) = (Lanes.Load(Statistics[0] + c, rest), Lanes.Load(Statistics[1] + c, rest));
            var (first, second) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var row = item * RowsOfItem; row < end; row++)
            {
                var deviation = Lanes.Load(Input[row] + c, rest) - mean;
                if (HasGradient)
                {
                    var gradient = Lanes.Load(Gradient[row] + c, rest);
                    first += gradient;
                    second = Vector512.FusedMultiplyAdd(gradient, deviation * inverse, second);
                }
                else
                {
                    first += deviation;
                    second = Vector512.FusedMultiplyAdd(deviation, deviation, second);
                }
            }

            Lanes.Store(first, firstSums + c, rest);
            Lanes.Store(second, firstSums + columns + c, rest);
        }
    }
}

/// <summary>(x - mean) / deviation * scale + shift, column by column.</summary>
internal readonly unsafe struct BatchNormRun(Rows input, Rows statistics, float* scale, float* shift, Rows output) : IRunOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var x = input[row];
        var y = output[row];
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var normal = (Lanes.Load(x + c, rest) - Lanes.Load(statistics[0] + c, rest)) * Lanes.Load(statistics[1] + c, rest);
            Lanes.Store(Vector512.FusedMultiplyAdd(normal, Lanes.Load(scale + c, rest), Lanes.Load(shift + c, rest)), y + c, rest);
        }
    }
}

/// <summary>Gradient of batch normalisation from the means of the gradient and of its product with the normalised input, shape [2, columns].</summary>
internal readonly unsafe struct BatchNormBackwardRun(Rows input, Rows statistics, float* scale, float* means, Rows outputGradient, Rows inputGradient, bool accumulate) : IRunOperation
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(long row, long column, int count)
    {
        var x = input[row];
        var dy = outputGradient[row];
        var dx = inputGradient[row];
        for (var c = 0; c < count; c += Lanes.Count)
        {
            var rest = count - c;
            var inverse = Lanes.Load(statistics[1] + c, rest);
            var normal = (Lanes.Load(x + c, rest) - Lanes.Load(statistics[0] + c, rest)) * inverse;
            var centred = Lanes.Load(dy + c, rest) - Vector512.FusedMultiplyAdd(normal, Lanes.Load(means + count + c, rest), Lanes.Load(means + c, rest));
            var gradient = Lanes.Load(scale + c, rest) * inverse * centred;
            Lanes.Store(accumulate ? Lanes.Load(dx + c, rest) + gradient : gradient, dx + c, rest);
        }
    }
}
