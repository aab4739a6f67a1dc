using System.Diagnostics;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Bench.Gnn;

/// <summary>The timed tasks, under the names that torch_gnn.py gives them.</summary>
internal sealed class GraphTasks(IComputeBackend backend, CsrMatrix graph)
{
    private const int Features = 64;
    private const int Heads = 4;

    private readonly RandomStream _stream = new(new StreamKey(2, 0, 0, 0, RandomPurpose.Permutation));
    private readonly SparseOperand _graph = backend.Load(graph);

    /// <summary>Best milliseconds of each task, per patient where there are patients.</summary>
    public IEnumerable<(string Name, double Milliseconds)> Run(int[] patientCounts)
    {
        yield return ("gemm-1024", Gemm(1024));
        foreach (var patients in patientCounts)
        {
            yield return ($"spmm-{patients}", Multiply(patients));
            yield return ($"gcn-forward-{patients}", Time(Network(patients, Convolution, trains: false), 10) / patients);
            yield return ($"gcn-step-{patients}", Time(Network(patients, Convolution, trains: true), 10) / patients);
            yield return ($"gat-step-{patients}", Time(Network(patients, Attention, trains: true), 5) / patients);
        }
    }

    private double Gemm(int size)
    {
        using var buffer = backend.Rent(3L * size * size);
        MatrixView At(int k) => new(buffer, (long)k * size * size, size, size);
        Fill(At(0));
        Fill(At(1));
        return Time(() => backend.Gemm(new GemmArguments(At(0), At(1), At(2))), 20);
    }

    private double Multiply(int patients)
    {
        using var x = backend.Rent((long)patients * graph.RowCount * Features);
        using var y = backend.Rent(x.Length);
        var (from, to) = (x.AsMatrix(patients * graph.RowCount, Features), y.AsMatrix(patients * graph.RowCount, Features));
        Fill(from);
        return Time(() => backend.Multiply(_graph, false, from, to), 10) / patients;
    }

    /// <summary>One forward pass, or one whole step of training with Adam, on a network of two layers.</summary>
    private Action Network(int patients, Func<Tape, Tensor, Parameter[], Tensor> forward, bool trains)
    {
        var parameters = new ParameterSet(backend);
        var weights = Enumerable.Range(0, 6).Select(k => parameters.Add($"parameter {k}", Shape(k).Rows, Shape(k).Columns, Random(Shape(k).Rows * Shape(k).Columns))).ToArray();
        var tape = new Tape(backend) { IsTraining = trains };
        var x = backend.Rent((long)patients * graph.RowCount * Features).AsMatrix(patients * graph.RowCount, Features);
        Fill(x);
        var (first, second) = (backend.Rent(parameters.AllValues.Length), backend.Rent(parameters.AllValues.Length));
        var step = 0;
        return () =>
        {
            tape.Reset();
            var output = forward(tape, tape.Constant(x, "x"), weights);
            if (!trains)
            {
                return;
            }

            parameters.ClearGradients();
            tape.Backward(tape.Mean(tape.Apply(output, UnaryFunction.Square)));
            var length = (int)parameters.AllValues.Length;
            backend.AdamStep(
                parameters.AllValues, parameters.AllGradients, first.AsMatrix(1, length), second.AsMatrix(1, length), new AdamStepArguments(1e-3f, 0.9f, 0.999f, 1e-8f, 0, false, 1, ++step));
        };
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

    private void Fill(MatrixView view) => backend.Upload(Random(checked((int)view.Length)), view);

    private float[] Random(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)(_stream.NextDouble() - 0.5) / 4)];

    /// <summary>Best of the repeats after warming up: what else the machine does only adds time.</summary>
    private double Time(Action work, int repeats)
    {
        var best = double.PositiveInfinity;
        for (var i = -2; i < repeats; i++)
        {
            var start = Stopwatch.GetTimestamp();
            work();
            backend.Synchronize();
            best = i < 0 ? best : Math.Min(best, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return best;
    }
}
