using DigitalTwin.Vocabulary;
using QuikGraph;

namespace DigitalTwin.Networks.Genes;

/// <summary>A network of genes or proteins with typed, signed, weighted edges. It does not change. Nodes are numbered in ordinal order of their symbols and edges
/// by their ends, whatever order they were added in. Made by <see cref="GeneNetworkBuilder"/>.</summary>
public sealed class GeneNetwork
{
    private readonly Dictionary<GeneSymbol, int> _indices;
    private readonly Lazy<NeighborLists> _neighbors;

    internal GeneNetwork(IReadOnlyList<GeneNode> nodes, IReadOnlyList<GeneEdge> edges)
    {
        Nodes = nodes;
        Edges = edges;
        _indices = new Dictionary<GeneSymbol, int>(nodes.Count);
        for (var i = 0; i < nodes.Count; i++)
        {
            _indices.Add(nodes[i].Symbol, i);
        }

        var graph = new BidirectionalGraph<int, GeneEdge>(allowParallelEdges: true, nodes.Count);
        graph.AddVertexRange(Enumerable.Range(0, nodes.Count));
        graph.AddEdgeRange(edges);
        Graph = graph.ToArrayBidirectionalGraph();
        _neighbors = new Lazy<NeighborLists>(() => new NeighborLists(nodes.Count, edges));
    }

    /// <summary>A network from the nodes and edges of another, as they were there: nothing is merged, sorted or looked up.</summary>
    /// <param name="nodes">In ordinal order of their symbols, each once.</param>
    /// <param name="edges">Ordered by source, target, direction, type and sign.</param>
    /// <exception cref="ArgumentException">Nodes or edges are not in their order, or an edge ends in no node.</exception>
    public static GeneNetwork FromOrdered(IReadOnlyList<GeneNode> nodes, IReadOnlyList<GeneEdge> edges)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        ArgumentNullException.ThrowIfNull(edges);
        for (var i = 1; i < nodes.Count; i++)
        {
            if (!(nodes[i - 1].Symbol < nodes[i].Symbol))
            {
                throw new ArgumentException($"Node {i} is '{nodes[i].Symbol}' after '{nodes[i - 1].Symbol}': nodes stand in ordinal order, each once.", nameof(nodes));
            }
        }

        for (var e = 0; e < edges.Count; e++)
        {
            if ((uint)edges[e].Source >= (uint)nodes.Count || (uint)edges[e].Target >= (uint)nodes.Count)
            {
                throw new ArgumentException($"Edge {e} ({edges[e]}) ends in no node: there are nodes 0 to {nodes.Count - 1}.", nameof(edges));
            }

            if (e > 0 && Order(edges[e - 1]).CompareTo(Order(edges[e])) > 0)
            {
                throw new ArgumentException($"Edge {e} ({edges[e]}) stands after {edges[e - 1]}: edges are ordered by source, target, direction, type and sign.", nameof(edges));
            }
        }

        return new GeneNetwork(nodes, edges);

        static (int, int, bool, EdgeType, EdgeSign) Order(GeneEdge edge) => (edge.Source, edge.Target, edge.IsDirected, edge.Type, edge.Sign);
    }

    /// <summary>In ordinal order of their symbols.</summary>
    public IReadOnlyList<GeneNode> Nodes { get; }

    /// <summary>Ordered by source, target, direction, type and sign.</summary>
    public IReadOnlyList<GeneEdge> Edges { get; }

    public int NodeCount => Nodes.Count;

    public int EdgeCount => Edges.Count;

    /// <summary>The same network for QuikGraph's algorithms. Vertices are indices of nodes; an edge without direction stands once, from the lower index to the higher.</summary>
    public ArrayBidirectionalGraph<int, GeneEdge> Graph { get; }

    /// <summary>Neighbours of each node, direction left aside, each once and ascending.</summary>
    internal NeighborLists Neighbors => _neighbors.Value;

    public bool Contains(GeneSymbol symbol) => _indices.ContainsKey(symbol);

    public bool TryIndexOf(GeneSymbol symbol, out int index) => _indices.TryGetValue(symbol, out index);

    /// <summary>Index of a node.</summary>
    /// <exception cref="UnknownGeneException">The network does not hold it.</exception>
    public int IndexOf(GeneSymbol symbol)
    {
        if (_indices.TryGetValue(symbol, out var index))
        {
            return index;
        }

        var nearest = NearestName.Find(symbol.Value, Nodes.Select(n => n.Symbol.Value));
        throw new UnknownGeneException(
            symbol.Value,
            $"'{symbol}' is not among the {NodeCount} nodes of this network{(nearest is null ? string.Empty : $"; the nearest name is '{nearest}'")}. Resolve aliases with a GeneCatalog, or leave it out.");
    }

    /// <summary>The network of some of these nodes and the edges among them.</summary>
    /// <param name="nodes">Indices of nodes, in any order; one that stands twice counts once.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is not of a node.</exception>
    public GeneNetwork Induced(IEnumerable<int> nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        var place = new int[NodeCount];
        Array.Fill(place, -1);
        var kept = new SortedSet<int>(nodes);
        var next = 0;
        foreach (var node in kept)
        {
            if ((uint)node >= (uint)NodeCount)
            {
                throw new ArgumentOutOfRangeException(nameof(nodes), node, $"Node {node} is not one of the nodes 0 to {NodeCount - 1}.");
            }

            place[node] = next++;
        }

        return new GeneNetwork(
            [.. kept.Select(i => Nodes[i])],
            [
                .. from edge in Edges
                   where place[edge.Source] >= 0 && place[edge.Target] >= 0
                   select new GeneEdge(place[edge.Source], place[edge.Target], edge.Type, edge.Sign, edge.Weight, edge.SourceName, edge.IsDirected),
            ]);
    }

    /// <summary>Refuses a network without edges, for an operation that needs them.</summary>
    internal void RequireEdges(string operation)
    {
        if (EdgeCount == 0)
        {
            throw new NoEdgesException(
                $"{operation} needs edges, and this network of {NodeCount} nodes has none. Check the read report: a threshold or an alias table may have dropped every line.");
        }
    }
}
