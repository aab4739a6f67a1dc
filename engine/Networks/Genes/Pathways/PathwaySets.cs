using QuikGraph;

namespace DigitalTwin.Networks.Genes.Pathways;

/// <summary>A collection of gene sets: the bipartite graph of pathways and genes. Sets are in ordinal order of their ids, whatever order they came in.</summary>
public sealed class PathwaySets
{
    private readonly Dictionary<string, int> _indices = new(StringComparer.Ordinal);

    /// <param name="sets">Each id once; genes of a set may come in any order and more than once.</param>
    /// <exception cref="ArgumentException">Two sets have one id, or a set has no gene.</exception>
    public PathwaySets(IEnumerable<GeneSet> sets)
    {
        ArgumentNullException.ThrowIfNull(sets);
        Sets = [.. sets.Select(s => s with { Genes = [.. s.Genes.Distinct().Order()] }).OrderBy(s => s.Id, StringComparer.Ordinal)];
        for (var i = 0; i < Sets.Count; i++)
        {
            if (Sets[i].Genes.Count == 0)
            {
                throw new ArgumentException($"The set '{Sets[i].Id}' has no gene. Leave it out.", nameof(sets));
            }

            if (!_indices.TryAdd(Sets[i].Id, i))
            {
                throw new ArgumentException($"Two sets are called '{Sets[i].Id}'. Rename or join them.", nameof(sets));
            }
        }

        Genes = [.. Sets.SelectMany(s => s.Genes).Distinct().Order()];
    }

    /// <summary>In ordinal order of their ids.</summary>
    public IReadOnlyList<GeneSet> Sets { get; }

    /// <summary>Genes of any set, in ordinal order.</summary>
    public IReadOnlyList<GeneSymbol> Genes { get; }

    public int MembershipCount => Sets.Sum(s => s.Genes.Count);

    /// <summary>The set with an id; null where there is none.</summary>
    public GeneSet? Find(string id) => _indices.TryGetValue(id, out var index) ? Sets[index] : null;

    /// <summary>The sets as a bipartite graph: vertex i is set i, vertex Sets.Count + k is gene k, and an edge leads from each set to each of its genes.</summary>
    public AdjacencyGraph<int, SEdge<int>> ToBipartiteGraph()
    {
        var vertexOf = new Dictionary<GeneSymbol, int>();
        foreach (var gene in Genes)
        {
            vertexOf.Add(gene, Sets.Count + vertexOf.Count);
        }

        var graph = new AdjacencyGraph<int, SEdge<int>>(allowParallelEdges: false, Sets.Count + Genes.Count);
        graph.AddVertexRange(Enumerable.Range(0, Sets.Count + Genes.Count));
        graph.AddEdgeRange(Sets.SelectMany((set, i) => set.Genes.Select(g => new SEdge<int>(i, vertexOf[g]))));
        return graph;
    }
}
