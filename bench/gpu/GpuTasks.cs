using System.Diagnostics;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Bench.Gpu;

/// <summary>The timed tasks, under the names that torch_gpu.py gives them. Patients that do not fit go in batches, one after another.</summary>
internal sealed class GpuTasks(IComputeBackend backend, CsrMatrix graph, int patients)
{
    private const int Features = 64;
    private const int Heads = 4;
    private const int Repeats = 10;

    // Matrices of nodes that a task holds at its peak, values and gradients.
    private const int MatricesOfProduct = 2;
    private const int MatricesOfConvolution = 12;
    private const int MatricesOfAttention = 16;

    private readonly RandomStream _stream = new(new StreamKey(2, 0, 0, 0, RandomPurpose.Permutation));
    private readonly SparseOperand _graph = backend.Load(graph);

    /// <summary>Median milliseconds of each task for all patients, and how many batches they took.</summary>
    public IEnumerable<(string Name, double Milliseconds, int Batches)> Run()
    {
        yield return ("gemm-4096", Gemm(4096), 1);
        yield return Timed("copy", MatricesOfProduct, n => Pair(n, (from, to) => backend.Copy(from, to)));
        yield return Timed("linear", MatricesOfProduct, Linear);
        yield return Timed("weight-gradient", MatricesOfProduct, WeightGradient);
        yield return Timed("spmm", MatricesOfProduct, n => Pair(n, (from, to) => backend.Multiply(_graph, false, from, to)));
        yield return Timed("gcn-forward", MatricesOfConvolution, n => Network(n, Convolution, trains: false));
        yield return Timed("gcn-step", MatricesOfConvolution, n => Network(n, Convolution, trains: true));
        yield return Timed("gat-step", MatricesOfAttention, n => Network(n, Attention, trains: true));
    }

    private (string Name, double Milliseconds, int Batches) Timed(string name, int matrices, Func<int, Work> make)
    {
        var bytes = (long)matrices * graph.RowCount * Features * sizeof(float);
        var plan = PatientBatchPlan.For(patients, bytes + (bytes / 8), 0, backend.Memory.FreeBytes, backend.Name);
        using var work = make(plan.LargestBatch);
        return (name, Time(work.Run) * patients / plan.LargestBatch, plan.BatchCount);
    }

    private double Gemm(int size)
    {
        using var buffer = backend.Rent(3L * size * size);
        MatrixView At(int k) => new(buffer, (long)k * size * size, size, size);
        return Time(() => backend.Gemm(new GemmArguments(At(0), At(1), At(2))));
    }

    private Work Pair(int batch, Action<MatrixView, MatrixView> run)
    {
        var (from, to) = (Nodes(batch), Nodes(batch));
        return new Work(() => run(Matrix(from, batch), Matrix(to, batch)), [from, to]);
    }

    private Work Linear(int batch)
    {
        var weight = backend.Rent(Features * Features);
        var pair = Pair(batch, (from, to) => backend.Gemm(new GemmArguments(from, weight.AsMatrix(Features, Features), to) { Activation = Activation.Relu }));
        return new Work(pair.Run, [pair, weight]);
    }

    private Work WeightGradient(int batch)
    {
        var gradient = backend.Rent(Features * Features);
        var pair = Pair(batch, (x, dy) => backend.Gemm(new GemmArguments(x, dy, gradient.AsMatrix(Features, Features)) { TransposeA = true }));
        return new Work(pair.Run, [pair, gradient]);
    }

    /// <summary>One forward pass, or one whole step of training with Adam, on a network of two layers.</summary>
    private Work Network(int batch, Func<Tape, Tensor, Parameter[], Tensor> forward, bool trains)
    {
        var parameters = new ParameterSet(backend);
        Parameter[] weights = [.. Enumerable.Range(0, 6).Select(k => parameters.Add($"parameter {k}", Shape(k).Rows, Shape(k).Columns, Random(Shape(k).Rows * Shape(k).Columns)))];
        var tape = new Tape(backend) { IsTraining = trains };
        var x = Nodes(batch);
        var length = (int)parameters.AllValues.Length;
        var (first, second) = (backend.Rent(length), backend.Rent(length));
        var step = 0;
        return new Work(
            () =>
            {
                tape.Reset();
                var output = forward(tape, tape.Constant(Matrix(x, batch), "x"), weights);
                if (trains)
                {
                    parameters.ClearGradients();
                    tape.Backward(tape.Mean(tape.Apply(output, UnaryFunction.Square)));
                    backend.AdamStep(
                        parameters.AllValues, parameters.AllGradients, first.AsMatrix(1, length), second.AsMatrix(1, length), new AdamStepArguments(1e-3f, 0.9f, 0.999f, 1e-8f, 0, false, 1, ++step));
                }
            },
            [tape, x, first, second]);
    }

    private static (int Rows, int Columns) Shape(int parameter) => parameter switch { 0 or 1 => (Features, Features), 2 or 3 => (1, Features), _ => (Features, 2 * Heads) };

    private Tensor Convolution(Tape tape, Tensor x, Parameter[] p)
    {
        var hidden = tape.Linear(tape.Propagate(x, _graph), tape.Parameter(p[0]), tape.Parameter(p[2]), Activation.Relu);
        return tape.Linear(tape.Propagate(hidden, _graph), tape.Parameter(p[1]), tape.Parameter(p[3]));
    }

    private Tensor Attention(Tape tape, Tensor x, Parameter[] p) => AttentionLayer(tape, tape.Activate(AttentionLayer(tape, x, p[0], p[4]), Activation.Elu), p[1], p[5]);

    private Tensor AttentionLayer(Tape tape, Tensor x, Parameter weight, Parameter scores)
    {
        var values = tape.Linear(x, tape.Parameter(weight));
        var ofNodes = tape.Linear(values, tape.Parameter(scores));
        return tape.GraphAttention(values, tape.SliceColumns(ofNodes, 0, Heads), tape.SliceColumns(ofNodes, Heads, Heads), _graph);
    }

    /// <summary>A node matrix; every patient has the same numbers, so that one patient's are uploaded.</summary>
    private ComputeBuffer Nodes(int batch)
    {
        var buffer = backend.Rent((long)batch * graph.RowCount * Features, cleared: false);
        using var one = backend.Rent((long)graph.RowCount * Features, cleared: false);
        var patient = one.AsMatrix(graph.RowCount, Features);
        backend.Upload(Random((int)patient.Length), patient);
        backend.Copy(patient, Matrix(buffer, batch));
        return buffer;
    }

    private MatrixView Matrix(ComputeBuffer buffer, int batch) => buffer.AsMatrix(batch * graph.RowCount, Features);

    private float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(_stream.NextDouble() - 0.5) / 4)];

    private double Time(Action work)
    {
        var times = new double[Repeats];
        for (var i = -3; i < Repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            backend.Synchronize();
            if (i >= 0)
            {
                times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            }
        }

        Array.Sort(times);
        return times[Repeats / 2];
    }

    /// <summary>Something to run, and what it holds.</summary>
    private sealed class Work(Action run, IDisposable[] owned) : IDisposable
    {
        public Action Run => run;

        public void Dispose() => Array.ForEach(owned, o => o.Dispose());
    }
}
