using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Bench.Gnn;

/// <summary>Two graph layers of equal width, and steps of Adam on the mean square of what comes out: the network that every side is timed on.</summary>
internal sealed class BenchNetwork : IDisposable
{
    private readonly IComputeBackend _backend;
    private readonly ParameterSet _parameters;
    private readonly ILayer _first;
    private readonly ILayer _second;
    private readonly Tape _tape;
    private readonly ComputeBuffer _firstMoment;
    private readonly ComputeBuffer _secondMoment;
    private int _step;

    private BenchNetwork(IComputeBackend backend, Func<LayerScope, Activation, ILayer> layer)
    {
        (_backend, _parameters, _tape) = (backend, new ParameterSet(backend), new Tape(backend));
        var scope = new LayerScope(_parameters, 1);
        (_first, _second) = (layer(scope.Part("first"), Activation.Elu), layer(scope.Part("second"), Activation.None));
        (_firstMoment, _secondMoment) = (backend.Rent(_parameters.AllValues.Length), backend.Rent(_parameters.AllValues.Length));
    }

    /// <summary>Two graph convolutions.</summary>
    public static BenchNetwork Convolution(IComputeBackend backend, SharedGraph graph, int features) =>
        new(backend, (scope, activation) => new GraphConvolution(scope, graph, features, features, activation == Activation.None ? activation : Activation.Relu));

    /// <summary>Two layers of graph attention.</summary>
    public static BenchNetwork Attention(IComputeBackend backend, SharedGraph graph, int features, int heads) =>
        new(backend, (scope, activation) => new GraphAttention(scope, graph, features, new AttentionOptions { Heads = heads, HeadWidth = features / heads, Activation = activation }));

    /// <summary>One pass over a patient batch, shape [patients * nodes, features].</summary>
    public Tensor Forward(MatrixView x)
    {
        _tape.Reset();
        return _second.Forward(_tape, _first.Forward(_tape, _tape.Constant(x, "x")));
    }

    /// <summary>One whole step of training.</summary>
    public void Step(MatrixView x)
    {
        _parameters.ClearGradients();
        _tape.Backward(_tape.Mean(_tape.Apply(Forward(x), UnaryFunction.Square)));
        var length = (int)_parameters.AllValues.Length;
        _backend.AdamStep(
            _parameters.AllValues,
            _parameters.AllGradients,
            _firstMoment.AsMatrix(1, length),
            _secondMoment.AsMatrix(1, length),
            new AdamStepArguments(1e-3f, 0.9f, 0.999f, 1e-8f, 0, false, 1, ++_step));
    }

    public void Dispose()
    {
        _tape.Dispose();
        _parameters.Dispose();
        _firstMoment.Dispose();
        _secondMoment.Dispose();
    }
}
