namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Layer and batch normalisation.</summary>
public sealed unsafe partial class SimdBackend
{
    public void LayerNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon)
    {
        OperandCheck.LayerNorm(input, scale, shift, output, statistics);
        var x = Of(input);
        _team.Run(
            new LayerNormWork
            {
                Input = x,
                Scale = Of(scale).Start,
                Shift = Of(shift).Start,
                Output = Of(output),
                Statistics = Of(statistics),
                Epsilon = epsilon,
                RowsOfItem = RowsOfItem(x),
            },
            ItemCount(x));
    }

    public void LayerNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate)
    {
        OperandCheck.LayerNorm(input, scale, shiftGradient, outputGradient, statistics);
        OperandCheck.Same(input, inputGradient);
        OperandCheck.Same(scale, scaleGradient);
        var x = Of(input);
        var items = ItemCount(x);
        var sums = _shared.Parts(2L * items * x.Columns)[0];
        _team.Run(
            new LayerNormBackwardWork
            {
                Input = x,
                Scale = Of(scale).Start,
                Statistics = Of(statistics),
                OutputGradient = Of(outputGradient),
                InputGradient = Of(inputGradient),
                Sums = sums,
                Accumulate = accumulate,
                RowsOfItem = RowsOfItem(x),
            },
            items);
        var dScale = Of(scaleGradient).Start;
        var dShift = Of(shiftGradient).Start;
        for (var c = 0; c < x.Columns; c++)
        {
            var (sumOfScale, sumOfShift) = SumParts(sums, items, x.Columns, c);
            dScale[c] += (float)sumOfScale;
            dShift[c] += (float)sumOfShift;
        }
    }

    public void BatchNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon, bool useStatistics)
    {
        OperandCheck.BatchNorm(input, scale, shift, output, statistics);
        var (x, s, y) = (Of(input), Of(statistics), Of(output));
        if (!useStatistics)
        {
            FindStatistics(x, s, epsilon);
        }

        Each(new BatchNormRun(x, s, Of(scale).Start, Of(shift).Start, y), y, false);
    }

    public void BatchNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate)
    {
        OperandCheck.BatchNorm(input, scale, shiftGradient, outputGradient, statistics);
        OperandCheck.Same(input, inputGradient);
        OperandCheck.Same(scale, scaleGradient);
        var (x, s, dy, dx) = (Of(input), Of(statistics), Of(outputGradient), Of(inputGradient));
        var items = ItemCount(x);
        var sums = _shared.Parts(2L * (items + 1) * x.Columns)[0];
        _team.Run(new BatchSumsWork { Input = x, Gradient = dy, HasGradient = true, Statistics = s, Sums = sums, RowsOfItem = RowsOfItem(x) }, items);
        var means = sums + (2L * items * x.Columns);
        var dScale = Of(scaleGradient).Start;
        var dShift = Of(shiftGradient).Start;
        for (var c = 0; c < x.Columns; c++)
        {
            var (sum, sumOfProducts) = SumParts(sums, items, x.Columns, c);
            dScale[c] += (float)sumOfProducts;
            dShift[c] += (float)sum;
            (means[c], means[x.Columns + c]) = ((float)(sum / x.Count), (float)(sumOfProducts / x.Count));
        }

        Each(new BatchNormBackwardRun(x, s, Of(scale).Start, means, dy, dx, accumulate), dx, false);
    }

    /// <summary>Mean, then the sum of squares about it: two passes, since one loses the variance of large numbers.</summary>
    private void FindStatistics(Rows x, Rows s, float epsilon)
    {
        var items = ItemCount(x);
        var sums = _shared.Parts(2L * items * x.Columns)[0];
        for (var c = 0; c < x.Columns; c++)
        {
            (s[0][c], s[1][c]) = (0f, 1f);
        }

        var work = new BatchSumsWork { Input = x, Statistics = s, Sums = sums, RowsOfItem = RowsOfItem(x) };
        _team.Run(work, items);
        for (var c = 0; c < x.Columns; c++)
        {
            s[0][c] = (float)(SumParts(sums, items, x.Columns, c).First / x.Count);
        }

        _team.Run(work, items);
        for (var c = 0; c < x.Columns; c++)
        {
            s[1][c] = (float)(1 / Math.Sqrt((SumParts(sums, items, x.Columns, c).Second / x.Count) + epsilon));
        }
    }

    /// <summary>Sums of the two numbers that items keep for a column, in the order of the items.</summary>
    private static (double First, double Second) SumParts(float* sums, int items, int columns, int column)
    {
        var (first, second) = (0.0, 0.0);
        for (var item = 0; item < items; item++)
        {
            first += sums[(2L * item * columns) + column];
            second += sums[(((2L * item) + 1) * columns) + column];
        }

        return (first, second);
    }
}
