using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Graph convolution (GCN): activation(S x W + b) with S = D^-1/2 (A + I) D^-1/2; [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Kipf2017] equation 2. The sparse product runs on the narrower side of W; where both are equal, on the side that
/// needs no gradient.</remarks>
public sealed class GraphConvolution : ILayer
{
    private readonly LayerGraph _graph;
    private readonly Parameter _weight;
    private readonly Parameter _bias;
    private readonly Activation _activation;

    public GraphConvolution(LayerScope scope, SharedGraph graph, int inputWidth, int outputWidth, Activation activation = Activation.Relu)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        _graph = new LayerGraph(graph, graph.Symmetric);
        _weight = scope.Weight("weight", inputWidth, outputWidth, WeightSchemes.For(activation));
        _bias = scope.Row("bias", outputWidth);
        _activation = activation;
    }

    public int InputWidth => _weight.Rows;

    public int OutputWidth => _weight.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var (weight, bias) = (tape.Parameter(_weight), tape.Parameter(_bias));
        var propagatesFirst = InputWidth < OutputWidth || (InputWidth == OutputWidth && !input.NeedsGradient);
        return propagatesFirst
            ? tape.Linear(_graph.Propagate(tape, input), weight, bias, _activation)
            : _graph.Propagate(tape, tape.Linear(input, weight), bias, _activation);
    }
}
