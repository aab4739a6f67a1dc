using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Kernels.Dense;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Reductions over rows, and batch normalisation, which is made of them.</summary>
public sealed partial class IlgpuBackend
{
    // Of the shape alone, not of the device, so that sums have the same order everywhere.
    private const int DepthPerLane = 16;
    private const int MaximumChunks = 1024;

    public void Reduce(Reduction reduction, MatrixView input, MatrixView output, bool accumulate = false)
    {
        OperandCheck.Repeats(output, input);
        if (output.Length == 0)
        {
            return;
        }

        var depth = input.Rows / output.Rows;
        var overColumns = output.Columns != input.Columns;
        if (input.Length == 0)
        {
            FillEmptyReduction(reduction, output, accumulate);
            return;
        }

        var scale = reduction == Reduction.Mean ? (float)(1.0 / ((double)depth * (overColumns ? input.Columns : 1))) : 1f;
        var (rows, columns) = reduction == Reduction.Maximum
            ? (RowKernels.MaximumKernel, ColumnReduceKernel.Maximum)
            : (RowKernels.SumKernel, ColumnReduceKernel.Sum);
        if (!overColumns)
        {
            ReduceColumns(columns, columns, input, input, input, output, output.Rows, scale, accumulate);
        }
        else if (depth == 1)
        {
            LaunchRows(rows, input, input, output, scale, accumulate, false);
        }
        else if (output.Rows == 1 && input.IsContiguous && input.Length <= int.MaxValue)
        {
            ReduceColumns(columns, columns, input.Reshape((int)input.Length, 1), input, input, output, 1, scale, accumulate);
        }
        else
        {
            using var sums = _scratch.Rent(input.Rows);
            var view = sums.AsMatrix(input.Rows, 1);
            LaunchRows(rows, input, input, view, 1f, false, false);
            ReduceColumns(columns, columns, view, view, view, output, output.Rows, scale, accumulate);
        }
    }

    public void BatchNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon, bool useStatistics)
    {
        OperandCheck.BatchNorm(input, scale, shift, output, statistics);
        if (input.Length == 0)
        {
            return;
        }

        if (!useStatistics)
        {
            var share = (float)(1.0 / input.Rows);
            ReduceColumns(ColumnReduceKernel.Sum, ColumnReduceKernel.Sum, input, input, statistics, statistics.SliceRows(0, 1), 1, share, false);
            ReduceColumns(ColumnReduceKernel.SquaredDeviation, ColumnReduceKernel.Sum, input, input, statistics, statistics.SliceRows(1, 1), 1, share, false);
            var finish = Normalization(input, scale, shift, statistics, input, output);
            (finish.Epsilon, finish.Count) = (epsilon, input.Columns);
            Launch(NormalizationKernels.InverseDeviationKernel, GroupsFor(input.Columns, _options.GroupSize), _options.GroupSize, finish);
        }

        LaunchBatch(NormalizationKernels.BatchKernel, Normalization(input, scale, shift, statistics, input, output));
    }

    public void BatchNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate)
    {
        OperandCheck.BatchNorm(input, scale, shiftGradient, outputGradient, statistics);
        OperandCheck.Same(input, inputGradient);
        OperandCheck.Same(scale, scaleGradient);
        if (input.Length == 0)
        {
            return;
        }

        using var sums = _scratch.Rent(2L * input.Columns);
        var view = sums.AsMatrix(2, input.Columns);
        ReduceColumns(ColumnReduceKernel.Sum, ColumnReduceKernel.Sum, outputGradient, input, statistics, view.SliceRows(0, 1), 1, 1f, false);
        ReduceColumns(ColumnReduceKernel.BatchNorm, ColumnReduceKernel.Sum, outputGradient, input, statistics, view.SliceRows(1, 1), 1, 1f, false);
        Copy(view.SliceRows(0, 1), shiftGradient, accumulate: true);
        Copy(view.SliceRows(1, 1), scaleGradient, accumulate: true);
        var arguments = Normalization(input, scale, scale, statistics, outputGradient, inputGradient);
        arguments.Sums = MatrixOf(view.SliceRows(0, 1));
        arguments.SumsOfProducts = MatrixOf(view.SliceRows(1, 1));
        arguments.Accumulate = accumulate ? 1 : 0;
        LaunchBatch(NormalizationKernels.BatchBackwardKernel, arguments);
    }

    private NormalizationArguments Normalization(
        MatrixView input, MatrixView scale, MatrixView shift, MatrixView statistics, MatrixView outputGradient, MatrixView output)
    {
        var matrix = MatrixOf(input);
        return new NormalizationArguments
        {
            Input = matrix,
            Scale = MatrixOf(scale),
            Shift = MatrixOf(shift),
            Statistics = MatrixOf(statistics),
            OutputGradient = MatrixOf(outputGradient),
            Output = MatrixOf(output),
            Sums = matrix,
            SumsOfProducts = matrix,
        };
    }

    private void LaunchBatch(CatalogKernel<NormalizationArguments> kernel, NormalizationArguments arguments)
    {
        foreach (var (first, count) in RowSlices(arguments.Input.Rows, arguments.Input.Columns))
        {
            (arguments.FirstRow, arguments.Count) = (first, count * arguments.Input.Columns);
            Launch(kernel, GroupsFor(arguments.Count, _options.GroupSize), _options.GroupSize, arguments);
        }
    }

    /// <summary>Rows k * outer + o to row o of the output, in one launch or, by way of chunks, two.</summary>
    private void ReduceColumns(
        CatalogKernel<ColumnReduceArguments> kernel,
        CatalogKernel<ColumnReduceArguments> join,
        MatrixView input,
        MatrixView other,
        MatrixView statistics,
        MatrixView output,
        int outer,
        float scale,
        bool accumulate)
    {
        var depth = input.Rows / outer;
        if (outer > 1 && depth > 1 && kernel == join && input.IsContiguous && output.IsContiguous && (long)outer * input.Columns <= int.MaxValue)
        {
            var columns = outer * input.Columns;
            input = input.Reshape(depth, columns);
            ReduceColumns(kernel, join, input, input, input, output.Reshape(1, columns), 1, scale, accumulate);
            return;
        }

        if (input.Length == 0)
        {
            return;
        }

        var width = Math.Min(32, PowerOfTwoAbove(input.Columns));
        var lanes = _options.GroupSize / width;
        var tiles = (input.Columns + width - 1) / width;
        var chunks = (int)Math.Clamp((long)depth / ((long)lanes * DepthPerLane), 1, Math.Max(1, MaximumChunks / ((long)tiles * outer)));
        var arguments = new ColumnReduceArguments
        {
            Input = MatrixOf(input),
            Other = MatrixOf(other),
            Statistics = MatrixOf(statistics),
            Outer = outer,
            Depth = depth,
            DepthPerChunk = (depth + chunks - 1) / chunks,
            ColumnTiles = tiles,
            Width = width,
        };
        chunks = (depth + arguments.DepthPerChunk - 1) / arguments.DepthPerChunk;
        if (chunks == 1)
        {
            (arguments.Output, arguments.Scale, arguments.Accumulate) = (MatrixOf(output), scale, accumulate ? 1 : 0);
            Launch(kernel, (long)tiles * outer, _options.GroupSize, arguments);
            return;
        }

        using var partial = _scratch.Rent((long)chunks * outer * input.Columns);
        var sums = partial.AsMatrix(chunks * outer, input.Columns);
        (arguments.Output, arguments.Scale) = (MatrixOf(sums), 1f);
        Launch(kernel, (long)tiles * outer * chunks, _options.GroupSize, arguments);
        ReduceColumns(join, join, sums, sums, sums, output, outer, scale, accumulate);
    }

    /// <summary>The sum of nothing is 0, its greatest minus infinity, its mean not a number.</summary>
    private void FillEmptyReduction(Reduction reduction, MatrixView output, bool accumulate)
    {
        var value = reduction switch { Reduction.Sum => 0f, Reduction.Mean => float.NaN, _ => float.NegativeInfinity };
        using var one = _scratch.Rent(1);
        Fill(one.AsMatrix(1, 1), value);
        Copy(one.AsMatrix(1, 1), output, accumulate: accumulate);
    }
}
