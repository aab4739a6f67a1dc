using DigitalTwin.Kernels.Catalog;
using DigitalTwin.Kernels.Dense;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Softmax, layer normalisation and running sums.</summary>
public sealed partial class IlgpuBackend
{
    public void Softmax(MatrixView input, MatrixView output, bool logarithm)
    {
        OperandCheck.Same(input, output);
        LaunchRows(RowKernels.SoftmaxKernel, input, input, output, 1f, false, logarithm);
    }

    public void SoftmaxBackward(MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool logarithm, bool accumulate)
    {
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        LaunchRows(RowKernels.SoftmaxBackwardKernel, outputGradient, output, inputGradient, 1f, accumulate, logarithm);
    }

    public void LogSumExp(MatrixView input, MatrixView output)
    {
        OperandCheck.Shape(output, input.Rows, 1, $"one number for each row of input {input.ShapeText}");
        LaunchRows(RowKernels.LogSumExpKernel, input, input, output, 1f, false, true);
    }

    public void CumulativeSum(MatrixView input, MatrixView output, bool reverse, bool accumulate = false)
    {
        OperandCheck.Same(input, output);
        if (input.Length == 0)
        {
            return;
        }

        var width = Math.Min(32, PowerOfTwoAbove(input.Columns));
        var arguments = new CumulativeSumArguments
        {
            Input = MatrixOf(input),
            Output = MatrixOf(output),
            IsReverse = reverse ? 1 : 0,
            Accumulate = accumulate ? 1 : 0,
            Width = width,
        };
        Launch(CumulativeSumKernel.Kernel, GroupsFor(input.Columns, width), _options.GroupSize, arguments);
    }

    public void LayerNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon)
    {
        OperandCheck.LayerNorm(input, scale, shift, output, statistics);
        var lanes = LanesFor(input.Columns);
        foreach (var (first, count) in RowSlices(input.Columns == 0 ? 0 : input.Rows, lanes))
        {
            var arguments = new NormalizationArguments
            {
                Input = MatrixOf(input.SliceRows(first, count)),
                Scale = MatrixOf(scale),
                Shift = MatrixOf(shift),
                Statistics = MatrixOf(statistics.SliceRows(first, count)),
                Output = MatrixOf(output.SliceRows(first, count)),
                Epsilon = epsilon,
                Lanes = lanes,
            };
            (arguments.OutputGradient, arguments.Sums, arguments.SumsOfProducts) = (arguments.Input, arguments.Input, arguments.Input);
            Launch(NormalizationKernels.LayerKernel, GroupsFor((long)count * lanes, _options.GroupSize), _options.GroupSize, arguments);
        }
    }

    public void LayerNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate)
    {
        OperandCheck.LayerNorm(input, scale, shiftGradient, outputGradient, statistics);
        OperandCheck.Same(input, inputGradient);
        OperandCheck.Same(scale, scaleGradient);
        ReduceColumns(ColumnReduceKernel.LayerNorm, ColumnReduceKernel.Sum, outputGradient, input, statistics, scaleGradient, 1, 1f, true);
        Reduce(Reduction.Sum, outputGradient, shiftGradient, accumulate: true);
        var lanes = LanesFor(input.Columns);
        foreach (var (first, count) in RowSlices(input.Columns == 0 ? 0 : input.Rows, lanes))
        {
            var arguments = new NormalizationArguments
            {
                Input = MatrixOf(input.SliceRows(first, count)),
                Scale = MatrixOf(scale),
                Shift = MatrixOf(scale),
                Statistics = MatrixOf(statistics.SliceRows(first, count)),
                OutputGradient = MatrixOf(outputGradient.SliceRows(first, count)),
                Output = MatrixOf(inputGradient.SliceRows(first, count)),
                Accumulate = accumulate ? 1 : 0,
                Lanes = lanes,
            };
            (arguments.Sums, arguments.SumsOfProducts) = (arguments.Input, arguments.Input);
            Launch(NormalizationKernels.LayerBackwardKernel, GroupsFor((long)count * lanes, _options.GroupSize), _options.GroupSize, arguments);
        }
    }

    /// <summary>Threads that share a row: a power of two, at most a warp.</summary>
    private static int LanesFor(int columns) => Math.Min(32, PowerOfTwoAbove((columns + 1) / 2));

    private void LaunchRows(
        CatalogKernel<RowArguments> kernel, MatrixView input, MatrixView other, MatrixView output, float scale, bool accumulate, bool logarithm)
    {
        var lanes = LanesFor(input.Columns);
        foreach (var (first, count) in RowSlices(input.Rows, lanes))
        {
            var arguments = new RowArguments
            {
                Input = MatrixOf(input.SliceRows(first, count)),
                Other = MatrixOf(other.SliceRows(first, count)),
                Output = MatrixOf(output.SliceRows(first, count)),
                Scale = scale,
                Accumulate = accumulate ? 1 : 0,
                IsLogarithm = logarithm ? 1 : 0,
                Lanes = lanes,
            };
            Launch(kernel, GroupsFor((long)count * lanes, _options.GroupSize), _options.GroupSize, arguments);
        }
    }
}
