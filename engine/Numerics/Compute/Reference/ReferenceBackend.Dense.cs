namespace DigitalTwin.Numerics.Compute.Reference;

/// <summary>Dense operations.</summary>
public sealed partial class ReferenceBackend
{
    public void Gemm(in GemmArguments arguments)
    {
        var (rows, columns, inner) = OperandCheck.Gemm(arguments);
        var (a, b, c) = (new Cells(arguments.A), new Cells(arguments.B), new Cells(arguments.C));
        for (var batch = 0; batch < arguments.BatchCount; batch++)
        {
            var aRow = arguments.ShareA ? 0L : (long)batch * (arguments.A.Rows / arguments.BatchCount);
            var bRow = arguments.ShareB ? 0L : (long)batch * (arguments.B.Rows / arguments.BatchCount);
            for (var i = 0; i < rows; i++)
            {
                for (var j = 0; j < columns; j++)
                {
                    var sum = 0.0;
                    for (var k = 0; k < inner; k++)
                    {
                        sum += (arguments.TransposeA ? a[aRow + k, i] : a[aRow + i, k]) * (arguments.TransposeB ? b[bRow + j, k] : b[bRow + k, j]);
                    }

                    ref var cell = ref c[((long)batch * rows) + i, j];
                    var value = (arguments.Alpha * sum) + (arguments.Beta == 0 ? 0 : arguments.Beta * cell);
                    value += arguments.Bias is { } bias ? new Cells(bias)[0, j] : 0;
                    cell = ReferenceFunctions.Apply(arguments.Activation, value);
                }
            }
        }
    }

    public void Fill(MatrixView output, float value)
    {
        var cells = new Cells(output);
        ForEach(output, (r, c) => cells[r, c] = value);
    }

    public void Copy(MatrixView input, MatrixView output, float scale = 1f, bool accumulate = false)
    {
        OperandCheck.Repeats(input, output);
        var (x, y) = (new Cells(input), new Cells(output));
        ForEach(output, (r, c) => y.Put(r, c, scale * x.Repeated(r, c), accumulate));
    }

    public void Unary(UnaryFunction function, MatrixView input, MatrixView output)
    {
        OperandCheck.Same(input, output);
        var (x, y) = (new Cells(input), new Cells(output));
        ForEach(output, (r, c) => y[r, c] = ReferenceFunctions.Value(function, x[r, c]));
    }

    public void UnaryBackward(UnaryFunction function, MatrixView input, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        OperandCheck.Same(input, output);
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var (x, y, dy, dx) = (new Cells(input), new Cells(output), new Cells(outputGradient), new Cells(inputGradient));
        ForEach(output, (r, c) => dx.Put(r, c, dy[r, c] * ReferenceFunctions.Derivative(function, x[r, c], y[r, c]), accumulate));
    }

    public void Binary(BinaryFunction function, MatrixView left, MatrixView right, MatrixView output, bool accumulate = false)
    {
        OperandCheck.Repeats(left, output);
        OperandCheck.Repeats(right, output);
        var (a, b, y) = (new Cells(left), new Cells(right), new Cells(output));
        ForEach(output, (r, c) => y.Put(r, c, ReferenceFunctions.Value(function, a.Repeated(r, c), b.Repeated(r, c)), accumulate));
    }

    public void Reduce(Reduction reduction, MatrixView input, MatrixView output, bool accumulate = false)
    {
        OperandCheck.Repeats(output, input);
        var (x, y) = (new Cells(input), new Cells(output));
        ForEach(output, (r, c) =>
        {
            var (first, last) = output.Columns == input.Columns ? (c, c + 1) : (0, input.Columns);
            var (sum, greatest, count) = (0.0, double.NegativeInfinity, 0L);
            for (var row = (long)r; row < input.Rows; row += output.Rows)
            {
                for (var column = first; column < last; column++)
                {
                    sum += x[row, column];
                    greatest = Math.Max(greatest, x[row, column]);
                    count++;
                }
            }

            y.Put(r, c, reduction switch { Reduction.Sum => sum, Reduction.Mean => sum / count, _ => greatest }, accumulate);
        });
    }

    public void Softmax(MatrixView input, MatrixView output, bool logarithm)
    {
        OperandCheck.Same(input, output);
        var (x, y) = (new Cells(input), new Cells(output));
        for (var r = 0; r < input.Rows; r++)
        {
            var total = LogSumExpOf(x, r, input.Columns);
            for (var c = 0; c < input.Columns; c++)
            {
                y[r, c] = logarithm ? x[r, c] - total : Math.Exp(x[r, c] - total);
            }
        }
    }

    public void SoftmaxBackward(MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool logarithm, bool accumulate)
    {
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var (y, dy, dx) = (new Cells(output), new Cells(outputGradient), new Cells(inputGradient));
        for (var r = 0; r < output.Rows; r++)
        {
            var sum = 0.0;
            for (var c = 0; c < output.Columns; c++)
            {
                sum += logarithm ? dy[r, c] : dy[r, c] * y[r, c];
            }

            for (var c = 0; c < output.Columns; c++)
            {
                var value = logarithm ? dy[r, c] - (Math.Exp(y[r, c]) * sum) : y[r, c] * (dy[r, c] - sum);
                dx.Put(r, c, value, accumulate);
            }
        }
    }

    public void LogSumExp(MatrixView input, MatrixView output)
    {
        OperandCheck.Shape(output, input.Rows, 1, $"one number for each row of input {input.ShapeText}");
        var (x, y) = (new Cells(input), new Cells(output));
        ForEach(output, (r, c) => y[r, c] = LogSumExpOf(x, r, input.Columns));
    }

    public void CumulativeSum(MatrixView input, MatrixView output, bool reverse, bool accumulate = false)
    {
        OperandCheck.Same(input, output);
        var (x, y) = (new Cells(input), new Cells(output));
        for (var c = 0; c < input.Columns; c++)
        {
            var sum = 0.0;
            for (var k = 0; k < input.Rows; k++)
            {
                var r = reverse ? input.Rows - 1 - k : k;
                sum += x[r, c];
                y.Put(r, c, sum, accumulate);
            }
        }
    }

    public void Dropout(MatrixView input, MatrixView output, float rate, ulong key, bool accumulate = false)
    {
        OperandCheck.Same(input, output);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1f);
        var (x, y) = (new Cells(input), new Cells(output));
        ForEach(output, (r, c) => y.Put(r, c, IsKept(((long)r * input.Columns) + c, rate, key) ? x[r, c] / (1 - (double)rate) : 0, accumulate));
    }

    public long FirstNonFinite(MatrixView input)
    {
        var x = new Cells(input);
        for (var r = 0; r < input.Rows; r++)
        {
            for (var c = 0; c < input.Columns; c++)
            {
                if (!double.IsFinite(x[r, c]))
                {
                    return ((long)r * input.Columns) + c;
                }
            }
        }

        return -1;
    }

    private static double LogSumExpOf(Cells x, int row, int columns)
    {
        var greatest = double.NegativeInfinity;
        for (var c = 0; c < columns; c++)
        {
            greatest = Math.Max(greatest, x[row, c]);
        }

        if (double.IsNegativeInfinity(greatest))
        {
            return greatest;
        }

        var sum = 0.0;
        for (var c = 0; c < columns; c++)
        {
            sum += Math.Exp(x[row, c] - greatest);
        }

        return greatest + Math.Log(sum);
    }

    private static void ForEach(MatrixView view, Action<int, int> act)
    {
        for (var r = 0; r < view.Rows; r++)
        {
            for (var c = 0; c < view.Columns; c++)
            {
                act(r, c);
            }
        }
    }
}
