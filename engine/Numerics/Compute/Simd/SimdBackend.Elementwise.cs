using DigitalTwin.Numerics.Compute.Functions;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Operations number by number.</summary>
public sealed unsafe partial class SimdBackend
{
    public void Fill(MatrixView output, float value)
    {
        var y = Of(output);
        Each(new FillRun(y, value), y, y.IsContiguous);
    }

    public void Copy(MatrixView input, MatrixView output, float scale = 1f, bool accumulate = false)
    {
        OperandCheck.Repeats(input, output);
        var (x, y) = (Of(input), Of(output));
        if (NarrowCopyWork.Suits(x, y))
        {
            var work = new NarrowCopyWork(x, y, scale, accumulate);
            _team.Run(work, work.ItemCount);
            return;
        }

        if (x.Columns == y.Columns && x.Count > 1 && x.Count < y.Count && x.IsContiguous && y.IsContiguous)
        {
            // A matrix that repeats without gaps is one long row that repeats.
            (x, y) = (Rows.At(x.Start, 1, checked((int)x.Length)), Rows.At(y.Start, y.Count / x.Count, (int)x.Length));
        }

        Each(new CopyRun(x, y, scale, accumulate, Streams(y)), y, AreFlat(x, y));
    }

    public void Unary(UnaryFunction function, MatrixView input, MatrixView output)
    {
        OperandCheck.Same(input, output);
        var visitor = new UnaryVisitor { Backend = this, Input = Of(input), Output = Of(output) };
        FunctionDispatch.Visit(function, ref visitor);
    }

    public void UnaryBackward(UnaryFunction function, MatrixView input, MatrixView output, MatrixView outputGradient, MatrixView inputGradient, bool accumulate)
    {
        OperandCheck.Same(input, output);
        OperandCheck.Same(output, outputGradient);
        OperandCheck.Same(output, inputGradient);
        var visitor = new UnaryBackwardVisitor
        {
            Backend = this,
            Input = Of(input),
            Output = Of(output),
            OutputGradient = Of(outputGradient),
            InputGradient = Of(inputGradient),
            Accumulate = accumulate,
        };
        FunctionDispatch.Visit(function, ref visitor);
    }

    public void Binary(BinaryFunction function, MatrixView left, MatrixView right, MatrixView output, bool accumulate = false)
    {
        OperandCheck.Repeats(left, output);
        OperandCheck.Repeats(right, output);
        var (a, b, y) = (Of(left), Of(right), Of(output));
        var isFlat = AreFlat(a, y) && AreFlat(b, y);
        var streams = Streams(y) && y.Start != a.Start && y.Start != b.Start;
        switch (function)
        {
            case BinaryFunction.Add: Each<Addition>(a, b, y, accumulate, streams, isFlat); break;
            case BinaryFunction.Subtract: Each<Subtraction>(a, b, y, accumulate, streams, isFlat); break;
            case BinaryFunction.Multiply: Each<Multiplication>(a, b, y, accumulate, streams, isFlat); break;
            case BinaryFunction.Divide: Each<Division>(a, b, y, accumulate, streams, isFlat); break;
            default: throw new ArgumentOutOfRangeException(nameof(function), function, "Not a function of two numbers.");
        }
    }

    private void Each<TOperator>(Rows left, Rows right, Rows output, bool accumulate, bool streams, bool isFlat)
        where TOperator : unmanaged, ILaneOperator
    {
        if (!isFlat && NarrowBinaryRun<TOperator>.Suits(left, right, output))
        {
            Each(new NarrowBinaryRun<TOperator>(left, right, output, accumulate), output, isFlat: true);
        }
        else
        {
            Each(new BinaryRun<TOperator>(left, right, output, accumulate, streams), output, isFlat);
        }
    }

    public void Dropout(MatrixView input, MatrixView output, float rate, ulong key, bool accumulate = false)
    {
        OperandCheck.Same(input, output);
        ArgumentOutOfRangeException.ThrowIfNegative(rate);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rate, 1f);
        var (x, y) = (Of(input), Of(output));
        Each(new DropoutRun(x, y, rate, key, accumulate), y, AreFlat(x, y));
    }

    /// <summary>Whether both have the same shape and no gaps, so that rows do not matter.</summary>
    private static bool AreFlat(Rows input, Rows output) =>
        input.Count == output.Count && input.Columns == output.Columns && input.IsContiguous && output.IsContiguous;

    private static bool Streams(Rows output) => StoreModes.ForWriting(output) == StoreMode.Stream;

    private void Each<TOperation>(TOperation operation, Rows output, bool isFlat)
        where TOperation : unmanaged, IRunOperation
    {
        var work = new RunWork<TOperation>(operation, output.Length, output.Columns, isFlat);
        _team.Run(work, work.ItemCount);
    }

    private struct UnaryVisitor : IFunctionVisitor
    {
        public SimdBackend Backend;
        public Rows Input;
        public Rows Output;

        public readonly void Visit<TFunction>()
            where TFunction : unmanaged, ILaneFunction => Backend.Each(new UnaryRun<TFunction>(Input, Output, Streams(Output) && Output.Start != Input.Start), Output, AreFlat(Input, Output));
    }

    private struct UnaryBackwardVisitor : IFunctionVisitor
    {
        public SimdBackend Backend;
        public Rows Input;
        public Rows Output;
        public Rows OutputGradient;
        public Rows InputGradient;
        public bool Accumulate;

        public readonly void Visit<TFunction>()
            where TFunction : unmanaged, ILaneFunction => Backend.Each(
                new UnaryBackwardRun<TFunction>(Input, Output, OutputGradient, InputGradient, Accumulate, !Accumulate && Streams(InputGradient) && InputGradient.Start != OutputGradient.Start),
                Output,
                AreFlat(Input, Output) && AreFlat(OutputGradient, Output) && AreFlat(InputGradient, Output));
    }
}
