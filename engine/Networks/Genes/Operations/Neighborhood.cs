namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>Nodes near others, and the edges among them.</summary>
/// <param name="Network">The neighbourhood.</param>
/// <param name="Hops">Steps from the nearest seed to each node of <paramref name="Network"/>, shape [nodes].</param>
public sealed record Neighborhood(GeneNetwork Network, IReadOnlyList<int> Hops)
{
    /// <summary>All nodes within some steps of the seeds.</summary>
    /// <param name="network">The network that is walked.</param>
    /// <param name="seeds">Where to start; at least one.</param>
    /// <param name="hopCount">Most steps; 0 gives the seeds themselves.</param>
    /// <param name="following">Which way edges are followed.</param>
    /// <exception cref="UnknownGeneException">A seed is not in the network.</exception>
    /// <exception cref="ArgumentException">There is no seed, or <paramref name="hopCount"/> is negative.</exception>
    public static Neighborhood Of(GeneNetwork network, IEnumerable<GeneSymbol> seeds, int hopCount, EdgeFollowing following = EdgeFollowing.Any)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentOutOfRangeException.ThrowIfNegative(hopCount);
        var front = seeds.Select(network.IndexOf).Distinct().ToList();
        if (front.Count == 0)
        {
            throw new ArgumentException("A neighbourhood needs at least one seed.", nameof(seeds));
        }

        var next = FlowLists.Of(network, following);
        var hops = new SortedDictionary<int, int>();
        for (var hop = 0; hop <= hopCount && front.Count > 0; hop++)
        {
            front.RemoveAll(node => !hops.TryAdd(node, hop));
            front = [.. front.SelectMany(node => next[node]).Distinct()];
        }

        return new Neighborhood(network.Induced(hops.Keys), [.. hops.Values]);
    }
}
