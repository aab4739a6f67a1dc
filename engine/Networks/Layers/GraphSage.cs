using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>How GraphSAGE sums up the neighbours of a node.</summary>
public enum NeighborAggregation
{
    /// <summary>Mean weighted by the absolute weights of the edges.</summary>
    Mean,

    /// <summary>Greatest of relu(x P + p), feature by feature; weights of edges play no part.</summary>
    Maximum,
}

/// <summary>GraphSAGE: activation(x W + aggregate(neighbours) V + b); [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Hamilton2017] algorithm 1, with the concatenation written as two products, and equation 3 for the maximum. A node without neighbours gets 0 from them.</remarks>
public sealed class GraphSage : ILayer
{
    private readonly LayerGraph _graph;
    private readonly Parameter _own;
    private readonly Parameter _neighbors;
    private readonly Parameter _bias;
    private readonly Linear? _pool;
    private readonly Activation _activation;

    public GraphSage(
        LayerScope scope, SharedGraph graph, int inputWidth, int outputWidth, NeighborAggregation aggregation = NeighborAggregation.Mean, Activation activation = Activation.Relu)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        _graph = new LayerGraph(graph, aggregation == NeighborAggregation.Mean ? graph.Mean : graph.Adjacency);
        _pool = aggregation == NeighborAggregation.Maximum ? new Linear(scope.Part("pool"), inputWidth, inputWidth, Activation.Relu) : null;
        var scheme = WeightSchemes.For(activation);
        _own = scope.Weight("own", inputWidth, outputWidth, scheme, inputs: 2 * inputWidth);
        _neighbors = scope.Weight("neighbors", inputWidth, outputWidth, scheme, inputs: 2 * inputWidth);
        _bias = scope.Row("bias", outputWidth);
        _activation = activation;
    }

    public int InputWidth => _own.Rows;

    public int OutputWidth => _own.Columns;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var aggregated = _pool is null ? _graph.Propagate(tape, input) : _graph.Maximum(tape, _pool.Forward(tape, input));
        var own = tape.Linear(input, tape.Parameter(_own), tape.Parameter(_bias));
        return tape.Add(own, tape.Linear(aggregated, tape.Parameter(_neighbors)), _activation);
    }
}
