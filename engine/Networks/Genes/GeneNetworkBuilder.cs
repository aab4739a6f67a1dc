using DigitalTwin.Networks.Genes.Reading;

namespace DigitalTwin.Networks.Genes;

/// <summary>Collects nodes and edges in any order, and makes a <see cref="GeneNetwork"/> of them.</summary>
/// <param name="catalog">Tells accessions and aliases of the nodes; null where they are not known.</param>
/// <param name="conflicts">What becomes of edges of opposite sign.</param>
/// <param name="exampleCount">How many places a report names for each finding.</param>
public sealed class GeneNetworkBuilder(GeneCatalog? catalog = null, ConflictRule conflicts = ConflictRule.Unsigned, int exampleCount = 5)
{
    private readonly Dictionary<GeneSymbol, int> _numbers = [];
    private readonly List<GeneSymbol> _symbols = [];
    private readonly List<StatedEdge> _edges = [];
    private readonly FindingTally _tally = new(exampleCount);
    private int _selfLoopCount;

    internal FindingTally Tally => _tally;

    internal int StatedCount => _edges.Count + _selfLoopCount;

    /// <summary>Adds a node, if it is not there yet. Nodes of edges need not be added.</summary>
    public GeneNetworkBuilder AddNode(GeneSymbol symbol)
    {
        NumberOf(symbol);
        return this;
    }

    /// <summary>Adds an edge. One from a node to itself is counted and left out; one that stands already is merged when the network is built.</summary>
    /// <exception cref="ArgumentException">The sign contradicts the type, or the weight is not positive and finite.</exception>
    public GeneNetworkBuilder AddEdge(
        GeneSymbol source, GeneSymbol target, EdgeType type, EdgeSign sign, double weight = 1, string sourceName = "", bool isDirected = true)
    {
        AddEdge(source, target, type, sign, weight, sourceName, isDirected, 0);
        return this;
    }

    /// <summary>The network of what was added so far.</summary>
    public GeneNetwork Build() => BuildReported(string.Empty, 0).Network;

    /// <summary>The network of what was added so far, and what was found on the way.</summary>
    public NetworkReading BuildReported(string sourceName) => BuildReported(sourceName, 0);

    internal void AddEdge(GeneSymbol source, GeneSymbol target, EdgeType type, EdgeSign sign, double weight, string sourceName, bool isDirected, int line)
    {
        ArgumentNullException.ThrowIfNull(sourceName);
        if (GeneEdge.Fault(type, sign, weight) is { } fault)
        {
            throw new ArgumentException(fault, nameof(type));
        }

        var (s, t) = (NumberOf(source), NumberOf(target));
        if (s == t)
        {
            _selfLoopCount++;
            _tally.Add(FindingKind.SelfLoop, line, $"{source} -> {target}");
            return;
        }

        _edges.Add(new StatedEdge(s, t, type, sign, weight, sourceName, isDirected, false, line));
    }

    internal NetworkReading BuildReported(string sourceName, int lineCount)
    {
        var order = Enumerable.Range(0, _symbols.Count).OrderBy(i => _symbols[i]).ToArray();
        var place = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            place[order[i]] = i;
        }

        var nodes = Array.ConvertAll(order, i => catalog?.Find(_symbols[i]) ?? GeneNode.Named(_symbols[i]));
        var numbered = _edges.ConvertAll(e =>
        {
            var (source, target) = (place[e.Source], place[e.Target]);
            var swap = !e.IsDirected && source > target;
            return e with { Source = swap ? target : source, Target = swap ? source : target, IsSwapped = swap };
        });
        var tally = _tally.Copy();
        var edges = EdgeMerge.Merge(numbered, conflicts, i => nodes[i].Symbol.Value, tally);
        edges.Sort(ByEndsTypeAndSign);
        var network = new GeneNetwork(nodes, edges);
        return new NetworkReading(network, new NetworkReadReport(sourceName, lineCount, StatedCount, edges.Count, nodes.Length, tally.ToFindings()));
    }

    private int NumberOf(GeneSymbol symbol)
    {
        if (symbol.Value.Length == 0)
        {
            throw new ArgumentException("A node needs a name.", nameof(symbol));
        }

        if (!_numbers.TryGetValue(symbol, out var number))
        {
            number = _symbols.Count;
            _numbers.Add(symbol, number);
            _symbols.Add(symbol);
        }

        return number;
    }

    private static int ByEndsTypeAndSign(GeneEdge a, GeneEdge b) =>
        (a.Source, a.Target, a.IsDirected, a.Type, a.Sign).CompareTo((b.Source, b.Target, b.IsDirected, b.Type, b.Sign));
}
