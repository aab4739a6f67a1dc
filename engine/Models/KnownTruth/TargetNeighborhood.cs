using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Models.KnownTruth;

/// <summary>The genes around a drug's target that a simulated trial measures.</summary>
public static class TargetNeighborhood
{
    /// <summary>The nearest genes by signed, directed edges followed either way, the target first, and the edges among them. Of genes equally near those with the smaller
    /// index come first, so that the choice is always the same.</summary>
    /// <param name="network">The network that is walked.</param>
    /// <param name="target">Where the walk starts.</param>
    /// <param name="geneCount">Genes at most, the target among them, at least 2.</param>
    /// <exception cref="UnknownGeneException">The target is not in the network.</exception>
    public static GeneNetwork Of(GeneNetwork network, GeneSymbol target, int geneCount)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfLessThan(geneCount, 2);
        var neighbors = new SortedSet<int>?[network.NodeCount];
        foreach (var edge in network.Edges.Where(e => e.IsDirected && e.Sign != EdgeSign.Unknown))
        {
            (neighbors[edge.Source] ??= []).Add(edge.Target);
            (neighbors[edge.Target] ??= []).Add(edge.Source);
        }

        var start = network.IndexOf(target);
        var found = new HashSet<int> { start };
        var front = new Queue<int>([start]);
        while (front.TryDequeue(out var node))
        {
            foreach (var next in neighbors[node] ?? [])
            {
                if (found.Count < geneCount && found.Add(next))
                {
                    front.Enqueue(next);
                }
            }
        }

        return network.Induced(found);
    }
}
