using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Numerics.Compute.Reference;

/// <summary>The oracle: every operation as its formula reads, in float64, one number after another. Slow on purpose; other backends are compared with it,
/// and gradients are compared with finite differences on it.</summary>
public sealed partial class ReferenceBackend : IComputeBackend
{
    private long _rentedBytes;

    public string Name => "reference, float64, 1 thread";

    public MemoryReport Memory => new(long.MaxValue, _rentedBytes, 0);

    /// <summary>The numbers of a buffer made by this backend, in float64, to read or set.</summary>
    public static Span<double> Numbers(ComputeBuffer buffer) => Own(buffer).Numbers;

    public ComputeBuffer Rent(long length, bool cleared = true)
    {
        _rentedBytes += length * sizeof(double);
        return new DoubleBuffer(this, length);
    }

    public SparseOperand Load(CsrMatrix matrix) => new HostOperand(matrix);

    public void Upload(ReadOnlySpan<float> source, MatrixView destination)
    {
        CheckCount(source.Length, destination);
        var target = new Cells(destination);
        for (var i = 0; i < source.Length; i++)
        {
            target[i / destination.Columns, i % destination.Columns] = source[i];
        }
    }

    public void Download(MatrixView source, Span<float> destination)
    {
        CheckCount(destination.Length, source);
        var from = new Cells(source);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)from[i / source.Columns, i % source.Columns];
        }
    }

    public void Synchronize()
    {
    }

    public void Dispose()
    {
    }

    public double SumOfSquares(MatrixView input)
    {
        var cells = new Cells(input);
        var sum = 0.0;
        for (var r = 0; r < input.Rows; r++)
        {
            for (var c = 0; c < input.Columns; c++)
            {
                sum += cells[r, c] * cells[r, c];
            }
        }

        return sum;
    }

    public void AdamStep(MatrixView parameters, MatrixView gradients, MatrixView firstMoment, MatrixView secondMoment, in AdamStepArguments step)
    {
        OperandCheck.Same(parameters, gradients);
        var (p, g, m, v) = (new Cells(parameters), new Cells(gradients), new Cells(firstMoment), new Cells(secondMoment));
        var correction1 = 1 - Math.Pow(step.Beta1, step.Step);
        var correction2 = 1 - Math.Pow(step.Beta2, step.Step);
        for (var c = 0; c < parameters.Columns; c++)
        {
            var gradient = (g[0, c] * step.GradientScale) + (step.DecoupledDecay ? 0 : step.WeightDecay * p[0, c]);
            m[0, c] = (step.Beta1 * m[0, c]) + ((1 - (double)step.Beta1) * gradient);
            v[0, c] = (step.Beta2 * v[0, c]) + ((1 - (double)step.Beta2) * gradient * gradient);
            var decay = step.DecoupledDecay ? step.LearningRate * (double)step.WeightDecay * p[0, c] : 0;
            p[0, c] -= decay + (step.LearningRate * (m[0, c] / correction1) / (Math.Sqrt(v[0, c] / correction2) + step.Epsilon));
        }
    }

    public void SgdStep(MatrixView parameters, MatrixView gradients, MatrixView velocity, in SgdStepArguments step)
    {
        OperandCheck.Same(parameters, gradients);
        var (p, g, v) = (new Cells(parameters), new Cells(gradients), new Cells(velocity));
        for (var c = 0; c < parameters.Columns; c++)
        {
            v[0, c] = ((double)step.Momentum * v[0, c]) + ((double)step.GradientScale * g[0, c]) + ((double)step.WeightDecay * p[0, c]);
            p[0, c] -= step.LearningRate * v[0, c];
        }
    }

    private static DoubleBuffer Own(ComputeBuffer buffer) => buffer as DoubleBuffer
        ?? throw new ArgumentException("The buffer belongs to another backend.", nameof(buffer));

    private static void CheckCount(int count, MatrixView view)
    {
        if (count != view.Length)
        {
            throw new ShapeMismatchException($"There are {count} numbers on the host and the matrix is {view.ShapeText}.");
        }
    }

    private static bool IsKept(long place, float rate, ulong key)
    {
        var block = Philox4x32.Block(new PhiloxBlock((uint)(place / 4), 0, 0, 0), (uint)key, (uint)(key >> 32));
        var word = (place % 4) switch { 0 => block.Word0, 1 => block.Word1, 2 => block.Word2, _ => block.Word3 };
        return word >= (double)rate * 4294967296.0;
    }

    private sealed class DoubleBuffer(ReferenceBackend owner, long length) : ComputeBuffer(length)
    {
        private double[]? _numbers = new double[length];

        public double[] Numbers => _numbers ?? throw new ObjectDisposedException(nameof(ComputeBuffer));

        protected override void Dispose(bool disposing)
        {
            if (_numbers is not null)
            {
                owner._rentedBytes -= Length * sizeof(double);
                _numbers = null;
            }
        }
    }

    private sealed class HostOperand(CsrMatrix matrix) : SparseOperand(matrix)
    {
        protected override void Dispose(bool disposing)
        {
        }
    }

    /// <summary>A matrix as cells by row and column; rows may be read modulo their count and a single column for all.</summary>
    private readonly struct Cells(MatrixView view)
    {
        private readonly double[] _numbers = Own(view.Buffer).Numbers;
        private readonly int _columns = view.Columns;
        private readonly int _rows = view.Rows;
        private readonly long _offset = view.Offset;
        private readonly int _stride = view.RowStride;

        public ref double this[long row, int column] => ref _numbers[_offset + (row * _stride) + column];

        public double Repeated(long row, int column) => this[row % _rows, _columns == 1 ? 0 : column];

        public void Put(long row, int column, double value, bool accumulate)
        {
            ref var cell = ref this[row, column];
            cell = accumulate ? cell + value : value;
        }
    }
}
