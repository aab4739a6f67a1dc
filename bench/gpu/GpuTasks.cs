using System.Diagnostics;
using DigitalTwin.Bench.Gnn;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Bench.Gpu;

/// <summary>The timed tasks, under the names that torch_gpu.py gives them. Patients that do not fit go in batches, one after another.</summary>
internal sealed class GpuTasks(IComputeBackend backend, SharedGraph graph, int patients)
{
    private const int Features = 64;
    private const int Heads = 4;
    private const int Repeats = 10;

    // Matrices of nodes that a task holds at its peak, values and gradients.
    private const int MatricesOfProduct = 2;
    private const int MatricesOfConvolution = 12;
    private const int MatricesOfAttention = 16;

    private readonly RandomStream _stream = new(new StreamKey(2, 0, 0, 0, RandomPurpose.Permutation));

    /// <summary>Median milliseconds of each task for all patients, and how many batches they took.</summary>
    public IEnumerable<(string Name, double Milliseconds, int Batches)> Run()
    {
        yield return ("gemm-4096", Gemm(4096), 1);
        yield return Timed("copy", MatricesOfProduct, n => Pair(n, (from, to) => backend.Copy(from, to)));
        yield return Timed("linear", MatricesOfProduct, Linear);
        yield return Timed("weight-gradient", MatricesOfProduct, WeightGradient);
        yield return Timed("spmm", MatricesOfProduct, n => Pair(n, (from, to) => backend.Multiply(graph.Symmetric, false, from, to)));
        yield return Timed("gcn-forward", MatricesOfConvolution, Forward);
        yield return Timed("gcn-step", MatricesOfConvolution, n => Step(BenchNetwork.Convolution(backend, graph, Features), n));
        yield return Timed("gat-step", MatricesOfAttention, n => Step(BenchNetwork.Attention(backend, graph, Features, Heads), n));
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

    private Work Forward(int batch)
    {
        var (network, x) = (BenchNetwork.Convolution(backend, graph, Features), Nodes(batch));
        return new Work(() => network.Forward(Matrix(x, batch)), [network, x]);
    }

    private Work Step(BenchNetwork network, int batch)
    {
        var x = Nodes(batch);
        return new Work(() => network.Step(Matrix(x, batch)), [network, x]);
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
