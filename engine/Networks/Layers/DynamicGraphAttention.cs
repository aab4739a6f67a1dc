using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Dynamic graph attention (GATv2) with heads: scores a . leaky(x_i W + x_j V), so that each node can rank its neighbours differently;
/// [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Brody2022] equation 7.</remarks>
public sealed class DynamicGraphAttention : ILayer
{
    private readonly SparseOperand _graph;
    private readonly Parameter? _row;
    private readonly Parameter _column;
    private readonly Parameter _attention;
    private readonly Parameter _bias;
    private readonly AttentionOptions _options;

    /// <exception cref="ArgumentException">Edge features are asked for: dynamic attention has none.</exception>
    public DynamicGraphAttention(LayerScope scope, SharedGraph graph, int inputWidth, AttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        if (options.UsesEdgeFeatures)
        {
            throw new ArgumentException("Dynamic attention takes no edge features. Use GraphAttention, or RelationalConvolution for types of edges.", nameof(options));
        }

        var all = checked(options.Heads * options.HeadWidth);
        (_options, _graph) = (options, options.AddsSelfLoops ? graph.WithSelfLoops : graph.Adjacency);
        _row = options.SharesWeights ? null : scope.Weight("row", inputWidth, all);
        _column = scope.Weight("column", inputWidth, all);
        _attention = scope.Weight("attention", 1, all, inputs: options.HeadWidth, outputs: 1);
        _bias = scope.Row("bias", options.OutputWidth);
    }

    public int InputWidth => _column.Rows;

    public int OutputWidth => _options.OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var columnSide = tape.Linear(input, tape.Parameter(_column));
        var rowSide = _row is null ? columnSide : tape.Linear(input, tape.Parameter(_row));
        var attended = tape.DynamicGraphAttention(rowSide, columnSide, tape.Parameter(_attention), _graph, _options.Heads, _options.NegativeSlope);
        return AttentionHeads.Finish(tape, attended, tape.Parameter(_bias), _options);
    }
}
