using DigitalTwin.Kernels.Dense;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Kernels;

/// <summary>Operations on each number.</summary>
public sealed partial class IlgpuBackend
{
    public void Fill(MatrixView output, float value) => Map(ElementwiseCatalog.Fill, output, output, output, value, false);

    public void Copy(MatrixView input, MatrixView output, float scale = 1f, bool accumulate = false)
    {
        OperandCheck.Repeats(input, output);
        Map(ElementwiseCatalog.Copy, input, input, output, scale, accumulate);
    }

    public void Unary(UnaryFunction function, MatrixView input, MatrixView output)
    {
        OperandCheck.Same(input, output);
        Map(ElementwiseCatalog.Unary[(int)function], input, input, output, 1f, false);
    }

    public void UnaryBackward(UnaryFunction function, MatrixView input, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        OperandCheck.Same(input, output);
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var read = ReadsOutput(function) ? output : input;
        Map(ElementwiseCatalog.UnaryBackward[(int)function], outputGradient, read, inputGradient, 1f, accumulate);
    }

    public void Binary(BinaryFunction function, MatrixView left, MatrixView right, MatrixView output, bool accumulate = false)
    {
        OperandCheck.Repeats(left, output);
        OperandCheck.Repeats(right, output);
        Map(ElementwiseCatalog.Binary[(int)function], left, right, output, 1f, accumulate);
    }

    public void Dropout(MatrixView input, MatrixView output, float rate, ulong key, bool accumulate = false)
    {
        OperandCheck.Same(input, output);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1f);
        var arguments = new DropoutArguments
        {
            Input = MatrixOf(input),
            Output = MatrixOf(output),
            Threshold = (uint)Math.Ceiling(rate * 4294967296.0),
            Key0 = (uint)key,
            Key1 = (uint)(key >> 32),
            Scale = (float)(1 / (1 - (double)rate)),
            Accumulate = accumulate ? 1 : 0,
            IsContiguous = input.IsContiguous && output.IsContiguous ? 1 : 0,
            Count = input.Length,
        };
        Launch(DropoutKernel.Kernel, GroupsFor((input.Length + 3) / 4, _options.GroupSize), _options.GroupSize, arguments);
    }

    /// <summary>Functions whose derivative follows from the output; the others read the input.</summary>
    private static bool ReadsOutput(UnaryFunction function) => function is UnaryFunction.Relu or UnaryFunction.LeakyRelu or UnaryFunction.Elu
        or UnaryFunction.Sigmoid or UnaryFunction.Tanh or UnaryFunction.Exp or UnaryFunction.Sqrt or UnaryFunction.Reciprocal;

    private void Map(ElementwisePair kernels, MatrixView a, MatrixView b, MatrixView output, float scale, bool accumulate)
    {
        var arguments = new ElementwiseArguments
        {
            A = MatrixOf(a),
            B = MatrixOf(b),
            Output = MatrixOf(output),
            Scale = scale,
            Accumulate = accumulate ? 1 : 0,
        };
        if (IsRunOf(output, output) && IsRunOf(a, output) && IsRunOf(b, output))
        {
            arguments.Count = output.Length;
            Launch(kernels.Contiguous, GroupsFor((output.Length + 3) / 4, _options.GroupSize), _options.GroupSize, arguments);
            return;
        }

        foreach (var (first, count) in RowSlices(output.Rows, output.Columns))
        {
            arguments.FirstRow = first;
            arguments.Count = (long)count * output.Columns;
            Launch(kernels.Repeated, GroupsFor(arguments.Count, _options.GroupSize), _options.GroupSize, arguments);
        }
    }

    /// <summary>Whether a matrix has the shape of another and lies without gaps from a multiple of four numbers on.</summary>
    private static bool IsRunOf(MatrixView view, MatrixView shape) =>
        view.Rows == shape.Rows && view.Columns == shape.Columns && view.IsContiguous && view.Offset % 4 == 0;

    /// <summary>Runs of rows, each with fewer threads than a launch may number.</summary>
    private static RowSlicing RowSlices(int rows, int threadsPerRow) => new(rows, threadsPerRow);
}
