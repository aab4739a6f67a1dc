using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Reference;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

/// <summary>A layer on a backend, the float64 reference unless told otherwise: set its parameters, run it, read its output and gradients.</summary>
internal sealed class LayerBench : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    /// <param name="backend">Owned; the float64 reference if none.</param>
    public LayerBench(IComputeBackend? backend = null)
    {
        Backend = backend ?? new ReferenceBackend();
        Parameters = new ParameterSet(Backend);
        Scope = new LayerScope(Parameters, 5);
    }

    public IComputeBackend Backend { get; }

    public ParameterSet Parameters { get; }

    public LayerScope Scope { get; }

    /// <summary>Numbers on the reference backend.</summary>
    public static double[] Numbers(MatrixView view) => ReferenceBackend.Numbers(view.Buffer).Slice((int)view.Offset, (int)view.Length).ToArray();

    /// <summary>Numbers on any backend.</summary>
    public double[] Read(MatrixView view)
    {
        if (Backend is ReferenceBackend)
        {
            return Numbers(view);
        }

        var numbers = new float[view.Length];
        Backend.Download(view, numbers);
        return Array.ConvertAll(numbers, n => (double)n);
    }

    public SharedGraph Graph(CsrMatrix matrix, float[]? features = null, int featureCount = 0)
    {
        var graph = new SharedGraph(Backend, matrix, features, featureCount);
        _owned.Add(graph);
        return graph;
    }

    public RelationalGraph Relations(params (string, CsrMatrix)[] relations)
    {
        var graph = new RelationalGraph(Backend, relations);
        _owned.Add(graph);
        return graph;
    }

    public void Set(string parameter, double[] values)
    {
        var view = Parameters.Parameters.Single(p => p.Name == parameter).Value;
        Write(values, view);
    }

    /// <summary>Puts uniform numbers in all parameters, so that shifts that start at 0 count too.</summary>
    public void Scatter()
    {
        var stream = new RandomStream(new StreamKey(8, 0, 0, 0, RandomPurpose.Permutation));
        foreach (var parameter in Parameters.Parameters.Where(p => p.IsTrainable))
        {
            Set(parameter.Name, [.. Enumerable.Range(0, parameter.Rows * parameter.Columns).Select(_ => (2 * stream.NextDouble()) - 1)]);
        }
    }

    public MatrixView Input(double[] values, int columns)
    {
        var buffer = Backend.Rent(values.Length);
        var view = buffer.AsMatrix(values.Length / columns, columns);
        Write(values, view);
        return view;
    }

    /// <summary>The output, not differentiated.</summary>
    public double[] Run(ILayer layer, double[] input, bool isTraining = false)
    {
        using var tape = new Tape(Backend) { IsTraining = isTraining, DropoutKey = 4, MovesStatistics = false };
        return Read(layer.Forward(tape, tape.Constant(Input(input, layer.InputWidth), "input")).Value);
    }

    /// <summary>Output, and gradients of the sum of output number k times sin(k): of the input, and of each parameter in its set.</summary>
    public (double[] Output, double[] InputGradient) Differentiate(ILayer layer, double[] input, bool isTraining = false)
    {
        Parameters.ClearGradients();
        using var tape = new Tape(Backend) { IsTraining = isTraining, DropoutKey = 4, MovesStatistics = false };
        var x = tape.Variable(Input(input, layer.InputWidth), "input");
        var output = layer.Forward(tape, x);
        var weights = Input([.. Enumerable.Range(1, (int)output.Value.Length).Select(k => Math.Sin(k))], output.Columns);
        var numbers = Read(output.Value);
        tape.Backward(tape.Sum(tape.Multiply(output, tape.Constant(weights, "weights"))));
        return (numbers, Read(x.Gradient!.Value));
    }

    private void Write(double[] values, MatrixView view)
    {
        if (Backend is ReferenceBackend)
        {
            values.CopyTo(ReferenceBackend.Numbers(view.Buffer)[(int)view.Offset..]);
        }
        else
        {
            Backend.Upload(Array.ConvertAll(values, v => (float)v), view);
        }
    }

    public void Dispose()
    {
        _owned.ForEach(o => o.Dispose());
        Parameters.Dispose();
        Backend.Dispose();
    }
}
