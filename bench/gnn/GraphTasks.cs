using System.Diagnostics;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Bench.Gnn;

/// <summary>The timed tasks, under the names that torch_gnn.py gives them.</summary>
internal sealed class GraphTasks(IComputeBackend backend, SharedGraph graph)
{
    private const int Features = 64;
    private const int Heads = 4;

    private readonly RandomStream _stream = new(new StreamKey(2, 0, 0, 0, RandomPurpose.Permutation));

    /// <summary>Best milliseconds of each task, per patient where there are patients.</summary>
    public IEnumerable<(string Name, double Milliseconds)> Run(int[] patientCounts)
    {
        yield return ("gemm-1024", Gemm(1024));
        foreach (var patients in patientCounts)
        {
            using var input = backend.Rent((long)patients * graph.RowCount * Features);
            var x = input.AsMatrix(patients * graph.RowCount, Features);
            Fill(x);
            yield return ($"spmm-{patients}", Multiply(x) / patients);
            using (var convolution = BenchNetwork.Convolution(backend, graph, Features))
            {
                yield return ($"gcn-forward-{patients}", Time(() => convolution.Forward(x), 10) / patients);
                yield return ($"gcn-step-{patients}", Time(() => convolution.Step(x), 10) / patients);
            }

            using var attention = BenchNetwork.Attention(backend, graph, Features, Heads);
            yield return ($"gat-step-{patients}", Time(() => attention.Step(x), 5) / patients);
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

    private double Multiply(MatrixView x)
    {
        using var output = backend.Rent(x.Length);
        var y = output.AsMatrix(x.Rows, x.Columns);
        return Time(() => backend.Multiply(graph.Symmetric, false, x, y), 10);
    }

    private void Fill(MatrixView view)
    {
        var numbers = new float[view.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            numbers[i] = (float)(_stream.NextDouble() - 0.5) / 4;
        }

        backend.Upload(numbers, view);
    }

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
