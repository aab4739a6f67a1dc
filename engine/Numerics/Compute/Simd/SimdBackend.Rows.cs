namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Softmax and running sums.</summary>
public sealed unsafe partial class SimdBackend
{
    private const int NumbersOfRowItem = 16 * 1024;

    public void Softmax(MatrixView input, MatrixView output, bool logarithm)
    {
        OperandCheck.Same(input, output);
        var x = Of(input);
        _team.Run(new SoftmaxWork { Input = x, Output = Of(output), HasOutput = true, Logarithm = logarithm, RowsOfItem = RowsOfItem(x) }, ItemCount(x));
    }

    public void SoftmaxBackward(MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool logarithm, bool accumulate)
    {
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var y = Of(output);
        _team.Run(
            new SoftmaxBackwardWork
            {
                Output = y,
                OutputGradient = Of(outputGradient),
                InputGradient = Of(inputGradient),
                Logarithm = logarithm,
                Accumulate = accumulate,
                RowsOfItem = RowsOfItem(y),
            },
            ItemCount(y));
    }

    public void LogSumExp(MatrixView input, MatrixView output)
    {
        OperandCheck.Shape(output, input.Rows, 1, $"one number for each row of input {input.ShapeText}");
        var x = Of(input);
        _team.Run(new SoftmaxWork { Input = x, Total = Of(output), HasTotal = true, RowsOfItem = RowsOfItem(x) }, ItemCount(x));
    }

    public void CumulativeSum(MatrixView input, MatrixView output, bool reverse, bool accumulate = false)
    {
        OperandCheck.Same(input, output);
        var x = Of(input);
        _team.Run(new CumulativeSumWork { Input = x, Output = Of(output), Reverse = reverse, Accumulate = accumulate }, x.Columns);
    }

    public long FirstNonFinite(MatrixView input)
    {
        var x = Of(input);
        for (var row = 0; row < x.Count; row++)
        {
            var place = NonFiniteSearch.First(x[row], x.Columns);
            if (place >= 0)
            {
                return ((long)row * x.Columns) + place;
            }
        }

        return -1;
    }

    /// <summary>Rows of an item of work on whole rows.</summary>
    private static int RowsOfItem(Rows x) => Math.Max(1, NumbersOfRowItem / Math.Max(1, x.Columns));

    private static int ItemCount(Rows x) => (x.Count + RowsOfItem(x) - 1) / RowsOfItem(x);
}
