using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Dynamic graph attention (GATv2) with heads: scores a . leaky(x_i W + x_j V + edge U), so that each node can rank its neighbours differently;
/// [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Brody2022] equation 7. Features of edges are the same for all patients, so that edge U is [edges, heads * width].</remarks>
public sealed class DynamicGraphAttention : ILayer
{
    private readonly LayerGraph _graph;
    private readonly MatrixView? _edgeFeatures;
    private readonly Parameter? _row;
    private readonly Parameter _column;
    private readonly Parameter _attention;
    private readonly Parameter? _edge;
    private readonly Parameter _bias;
    private readonly AttentionOptions _options;

    /// <exception cref="UnusableGraphException">Edge features are asked for, and the graph has none.</exception>
    public DynamicGraphAttention(LayerScope scope, SharedGraph graph, int inputWidth, AttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var all = checked(options.Heads * options.HeadWidth);
        (_options, _graph) = (options, new LayerGraph(graph, options.AddsSelfLoops ? graph.WithSelfLoops : graph.Adjacency));
        _row = options.SharesWeights ? null : scope.Weight("row", inputWidth, all);
        _column = scope.Weight("column", inputWidth, all);
        _attention = scope.Weight("attention", 1, all, inputs: options.HeadWidth, outputs: 1);
        _bias = scope.Row("bias", options.OutputWidth);
        if (options.UsesEdgeFeatures)
        {
            _edgeFeatures = options.AddsSelfLoops ? graph.EdgeFeaturesWithSelfLoops : graph.EdgeFeatures;
            _edge = scope.Weight("edge", graph.EdgeFeatureCount, all);
        }
    }

    public int InputWidth => _column.Rows;

    public int OutputWidth => _options.OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var columnSide = tape.Linear(input, tape.Parameter(_column));
        var rowSide = _row is null ? columnSide : tape.Linear(input, tape.Parameter(_row));
        var edgeSide = _edge is null ? null : tape.Linear(tape.Constant(_edgeFeatures!.Value, "edge features"), tape.Parameter(_edge));
        var attended = _graph.AttendDynamically(tape, rowSide, columnSide, tape.Parameter(_attention), _options.Heads, edgeSide, _options.NegativeSlope);
        return AttentionHeads.Finish(tape, attended, tape.Parameter(_bias), _options);
    }
}
