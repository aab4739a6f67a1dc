using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>Graph attention (GAT) with heads: each node averages its neighbours by softmax(leaky(a . z_i + b . z_j + c . edge)), z = x W;
/// [patients * nodes, inputs] to [patients * nodes, outputs].</summary>
/// <remarks>Source: [Velickovic2018] equations 3 to 6. The scores a . z are computed as x (W a), whose matrix [inputs, heads] is small: nothing of the size
/// of z is made for them. Features of edges are the same for all patients, so that their scores are [edges, heads].</remarks>
public sealed class GraphAttention : ILayer
{
    private readonly LayerGraph _graph;
    private readonly MatrixView? _edgeFeatures;
    private readonly Parameter _weight;
    private readonly Parameter _row;
    private readonly Parameter _column;
    private readonly Parameter? _edge;
    private readonly Parameter _bias;
    private readonly AttentionOptions _options;

    public GraphAttention(LayerScope scope, SharedGraph graph, int inputWidth, AttentionOptions options)
    {
        ArgumentNullException.ThrowIfNull(scope);
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        var all = checked(options.Heads * options.HeadWidth);
        (_options, _graph) = (options, new LayerGraph(graph, options.AddsSelfLoops ? graph.WithSelfLoops : graph.Adjacency));
        _weight = scope.Weight("weight", inputWidth, all);
        _row = scope.Weight("row", 1, all, inputs: options.HeadWidth, outputs: 1);
        _column = scope.Weight("column", 1, all, inputs: options.HeadWidth, outputs: 1);
        _bias = scope.Row("bias", options.OutputWidth);
        if (options.UsesEdgeFeatures)
        {
            _edgeFeatures = options.AddsSelfLoops ? graph.EdgeFeaturesWithSelfLoops : graph.EdgeFeatures;
            _edge = scope.Weight("edge", graph.EdgeFeatureCount, options.Heads);
        }
    }

    public int InputWidth => _weight.Rows;

    public int OutputWidth => _options.OutputWidth;

    public Tensor Forward(Tape tape, Tensor input)
    {
        ArgumentNullException.ThrowIfNull(tape);
        var weight = tape.Parameter(_weight);
        var values = tape.Linear(input, weight);
        var rowScores = tape.Linear(input, ScoreWeights(tape, weight, _row));
        var columnScores = tape.Linear(input, ScoreWeights(tape, weight, _column));
        var edgeScores = _edge is null ? null : tape.Linear(tape.Constant(_edgeFeatures!.Value, "edge features"), tape.Parameter(_edge));
        var attended = _graph.Attend(tape, values, rowScores, columnScores, edgeScores, _options.NegativeSlope);
        return AttentionHeads.Finish(tape, attended, tape.Parameter(_bias), _options);
    }

    /// <summary>W a for each head, shape [inputs, heads].</summary>
    private Tensor ScoreWeights(Tape tape, Tensor weight, Parameter attention)
    {
        var products = tape.Multiply(weight, tape.Parameter(attention));
        var sums = tape.Reduce(tape.Reshape(products, InputWidth * _options.Heads, _options.HeadWidth), Reduction.Sum, InputWidth * _options.Heads, 1);
        return tape.Reshape(sums, InputWidth, _options.Heads);
    }
}
