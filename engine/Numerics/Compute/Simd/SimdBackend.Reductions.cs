namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Sums, means and maxima: columns first, then rows in parts of a fixed size, the parts joined in their order.</summary>
public sealed unsafe partial class SimdBackend
{
    private const int NumbersOfPart = 64 * 1024;

    public void Reduce(Reduction reduction, MatrixView input, MatrixView output, bool accumulate = false)
    {
        OperandCheck.Repeats(output, input);
        var (x, y) = (Of(input), Of(output));
        if (y.Length == 0)
        {
            return;
        }

        var scale = reduction == Reduction.Mean ? (float)(y.Length / (double)x.Length) : 1f;
        if (reduction == Reduction.Maximum)
        {
            ReduceBy<MaximumReduction>(x, y, scale, accumulate);
        }
        else
        {
            ReduceBy<SumReduction>(x, y, scale, accumulate);
        }
    }

    private void ReduceBy<TOperator>(Rows x, Rows y, float scale, bool accumulate)
        where TOperator : unmanaged, IReductionOperator
    {
        if (y.Columns == 1 && (x.Columns != 1 || y.Count == 1))
        {
            var ofRows = _scratch.Parts(x.Count)[0];
            var rowsOfItem = Math.Max(1, NumbersOfPart / x.Columns);
            _team.Run(new ReduceColumnsWork<TOperator> { Input = x, RowsOfItem = rowsOfItem, Output = ofRows }, (x.Count + rowsOfItem - 1) / rowsOfItem);
            x = Rows.At(ofRows, x.Count, 1);
            if (y.Count == 1)
            {
                x = Rows.At(JoinRun<TOperator>(ofRows, x.Count), 1, 1);
                Each(new CopyRun(x, y, scale, accumulate, streams: false), y, false);
                return;
            }
        }

        var joined = JoinRows<TOperator>(x, y.Count);
        Each(new CopyRun(Rows.At(joined, y.Count, y.Columns), y, scale, accumulate, streams: false), y, false);
    }

    /// <summary>Joins the rows r, r + n, r + 2n, ... of a matrix, shape [n, columns], in shared scratch memory.</summary>
    private float* JoinRows<TOperator>(Rows x, int outputRows)
        where TOperator : unmanaged, IReductionOperator
    {
        var repeats = x.Count / outputRows;
        var width = (long)outputRows * x.Columns;
        var repeatsOfPart = (int)Math.Clamp(NumbersOfPart / Math.Max(1, width), 1, int.MaxValue);
        var parts = Math.Max(1, (repeats + repeatsOfPart - 1) / repeatsOfPart);

        // One part a repeat would only copy: then each output joins all repeats itself.
        if (repeatsOfPart == 1)
        {
            return JoinWideRows<TOperator>(x, outputRows);
        }

        var memory = _shared.Parts((parts + 1) * width)[0];
        _team.Run(new ReduceRowsWork<TOperator> { Input = x, OutputRows = outputRows, RepeatsOfPart = repeatsOfPart, Parts = memory + width }, parts);
        new ReduceRowsWork<TOperator> { Input = Rows.At(memory + width, parts, (int)width), OutputRows = 1, RepeatsOfPart = parts, Parts = memory }.Execute(0, 0);
        return memory;
    }

    /// <summary>Joins a run of numbers in parts of a fixed length.</summary>
    private float* JoinRun<TOperator>(float* numbers, int count)
        where TOperator : unmanaged, IReductionOperator
    {
        var parts = (count + NumbersOfPart - 1) / NumbersOfPart;
        var memory = _shared.Parts(parts + 1)[0];
        for (var part = 0; part < parts; part++)
        {
            var first = part * NumbersOfPart;
            new ReduceColumnsWork<TOperator> { Input = Rows.At(numbers + first, 1, Math.Min(NumbersOfPart, count - first)), RowsOfItem = 1, Output = memory + part }.Execute(0, 0);
        }

        new ReduceColumnsWork<TOperator> { Input = Rows.At(memory, 1, parts), RowsOfItem = 1, Output = memory + parts }.Execute(0, 0);
        return memory + parts;
    }

    private float* JoinWideRows<TOperator>(Rows x, int outputRows)
        where TOperator : unmanaged, IReductionOperator
    {
        var memory = _shared.Parts((long)outputRows * x.Columns)[0];
        var rowsOfItem = Math.Max(1, NumbersOfPart / Math.Max(1, x.Columns) / Math.Max(1, x.Count / outputRows));
        _team.Run(
            new ReduceWideRowsWork<TOperator> { Input = x, OutputRows = outputRows, RowsOfItem = rowsOfItem, Output = memory },
            (outputRows + rowsOfItem - 1) / rowsOfItem);
        return memory;
    }
}
