using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Layers;

/// <summary>A factor on each edge of a shared graph, which carries a gradient: 1 where the edge is as it is, 0 where it is gone. Layers over the graph multiply
/// what an edge carries by it while <see cref="Factors"/> are set.</summary>
/// <remarks>The factor stands on the coefficient that a layer multiplies by: after the division by degrees, after the softmax of attention. Degrees and scores
/// stay those of the whole graph, so that edges do not speak for each other. Both directions between two nodes have one gate. What a layer adds of a node
/// itself (the I of [Kipf2017] equation 2, the self loop of attention) is no edge of the graph: it stands behind one more gate, the last, whose factor is 1.
/// Without factors layers compute as they do without gates, to the bit.</remarks>
public sealed class EdgeGates : IDisposable
{
    private readonly IComputeBackend _backend;
    private readonly CsrMatrix _graph;
    private readonly Dictionary<(int First, int Second), int> _gateOf = [];
    private readonly Dictionary<(CsrMatrix Form, bool AsWeights), SparseOperand> _placements = [];
    private SparseOperand? _messages;

    /// <param name="backend">Where layers compute.</param>
    /// <param name="graph">Shape [nodes, nodes], without edges from a node to itself.</param>
    /// <exception cref="UnusableGraphException">It is bipartite, or a node has an edge to itself, which cannot be told from what the layer adds.</exception>
    public EdgeGates(IComputeBackend backend, CsrMatrix graph)
    {
        ArgumentNullException.ThrowIfNull(backend);
        ArgumentNullException.ThrowIfNull(graph);
        if (graph.RowCount != graph.ColumnCount)
        {
            throw new UnusableGraphException($"A graph [{graph.RowCount}, {graph.ColumnCount}] has two kinds of nodes. Gates stand on edges between nodes of one kind.");
        }

        (_backend, _graph) = (backend, graph);
        for (var i = 0; i < graph.RowCount; i++)
        {
            foreach (var j in graph.ColumnIndices.AsSpan(graph.RowOffsets[i]..graph.RowOffsets[i + 1]))
            {
                if (i == j)
                {
                    throw new UnusableGraphException($"Node {i} has an edge to itself, which cannot be told from what a layer adds of the node itself. Leave it out of the graph.");
                }

                _gateOf.TryAdd(PairOf(i, j), 0);
            }
        }

        Edges = [.. _gateOf.Keys.Order()];
        for (var k = 0; k < Edges.Count; k++)
        {
            _gateOf[Edges[k]] = k;
        }
    }

    /// <summary>The two nodes of each gate, the lower first; ascending.</summary>
    public IReadOnlyList<(int First, int Second)> Edges { get; }

    /// <summary>Rows of <see cref="Factors"/> of one patient: a gate for each edge, and the last for what nodes give themselves.</summary>
    public int Count => Edges.Count + 1;

    /// <summary>Factors of the pass that is computed, shape [patients * count, 1], on its tape; null computes without gates.</summary>
    public Tensor? Factors { get; set; }

    public void Dispose()
    {
        foreach (var placement in _placements.Values)
        {
            placement.Dispose();
        }

        _messages?.Dispose();
        _placements.Clear();
        (_messages, Factors) = (null, null);
    }

    /// <summary>The graph with the messages of its edges for columns, shape [nodes, edges].</summary>
    internal SparseOperand Messages => _messages ??= _backend.Load(CsrMatrix.Segments(_graph.RowOffsets));

    /// <summary>Factors at the edges of a form of the graph, shape [patients * edges of the form, 1].</summary>
    /// <param name="tape">That of the factors.</param>
    /// <param name="form">The graph, with self loops or without, divided by degrees or not.</param>
    /// <param name="asWeights">Whether each is multiplied by the weight that the form gives its edge.</param>
    internal Tensor At(Tape tape, SparseOperand form, bool asWeights)
    {
        var factors = Factors ?? throw new InvalidOperationException("The gates have no factors. Set them before layers are computed.");
        if (!_placements.TryGetValue((form.Host, asWeights), out var placement))
        {
            _placements[(form.Host, asWeights)] = placement = _backend.Load(Placement(form.Host, asWeights));
        }

        return tape.Propagate(factors, placement);
    }

    // One row an edge of the form, with the weight of the edge in the column of its gate.
    private CsrMatrix Placement(CsrMatrix form, bool asWeights)
    {
        var (gates, values) = (new int[form.EdgeCount], new float[form.EdgeCount]);
        for (var i = 0; i < form.RowCount; i++)
        {
            for (var e = form.RowOffsets[i]; e < form.RowOffsets[i + 1]; e++)
            {
                var j = form.ColumnIndices[e];
                gates[e] = i == j ? Edges.Count : _gateOf[PairOf(i, j)];
                values[e] = asWeights ? form.Values?[e] ?? 1 : 1;
            }
        }

        return new CsrMatrix(form.EdgeCount, Count, [.. Enumerable.Range(0, form.EdgeCount + 1)], gates, values);
    }

    private static (int First, int Second) PairOf(int i, int j) => i < j ? (i, j) : (j, i);
}
