namespace DigitalTwin.Networks.Genes.Operations;

/// <summary>A node that was added to join two parts of a subgraph.</summary>
/// <param name="Symbol">The node.</param>
/// <param name="From">Where the path that it lies on starts: a node of the part that grows.</param>
/// <param name="To">Where it ends: a gene that was asked for.</param>
/// <param name="PathLength">Edges of the path.</param>
public sealed record AddedGene(GeneSymbol Symbol, GeneSymbol From, GeneSymbol To, int PathLength);

/// <summary>The part of a network that some genes span, joined through shortest paths of the whole.</summary>
/// <param name="Network">Nodes asked for and added, and the edges among them.</param>
/// <param name="Added">Nodes that were not asked for, in the order they were added.</param>
/// <param name="Missing">Genes that were asked for and are not in the network, in ordinal order.</param>
/// <param name="Unconnected">Genes that were asked for, are in <paramref name="Network"/>, and could not be joined to its main part, in ordinal order.</param>
public sealed record RepairedSubgraph(
    GeneNetwork Network, IReadOnlyList<AddedGene> Added, IReadOnlyList<GeneSymbol> Missing, IReadOnlyList<GeneSymbol> Unconnected)
{
    /// <summary>The genes and the edges among them; nothing is added.</summary>
    /// <exception cref="ArgumentException">None of the genes is in the network.</exception>
    public static RepairedSubgraph Induced(GeneNetwork network, IEnumerable<GeneSymbol> genes) => Of(network, genes, longestPath: 1);

    /// <summary>The genes, the edges among them, and nodes on shortest paths that join what falls apart. It grows from the largest part (of two as large, the one with
    /// the first node): the nearest gene outside is joined first, of several as near the first in ordinal order, through the first nodes that lie on a shortest path.</summary>
    /// <param name="network">The whole network; direction is left aside.</param>
    /// <param name="genes">Genes to keep, in any order.</param>
    /// <param name="longestPath">Most edges of a path that may join; longer ones are not worth their nodes.</param>
    /// <exception cref="ArgumentException">None of the genes is in the network, or <paramref name="longestPath"/> is not positive.</exception>
    public static RepairedSubgraph Of(GeneNetwork network, IEnumerable<GeneSymbol> genes, int longestPath = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(genes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(longestPath);
        var asked = genes.Distinct().Order().ToArray();
        var present = asked.Where(network.Contains).Select(network.IndexOf).ToArray();
        if (present.Length == 0)
        {
            throw new ArgumentException(
                $"None of the {asked.Length} genes is among the {network.NodeCount} nodes of the network. Check that both use the same kind of symbol.", nameof(genes));
        }

        var growth = new SubgraphGrowth(network, present);
        while (growth.TryJoinNearest(longestPath))
        {
        }

        return new RepairedSubgraph(
            network.Induced(growth.Nodes), growth.Added, [.. asked.Where(g => !network.Contains(g))], [.. growth.Outside.Select(i => network.Nodes[i].Symbol)]);
    }
}
