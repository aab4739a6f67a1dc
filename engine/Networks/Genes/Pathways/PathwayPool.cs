using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Genes.Pathways;

/// <summary>How the genes of a pathway are weighted when they are pooled.</summary>
public enum PoolingWeight
{
    /// <summary>1: the sum of its genes.</summary>
    Sum,

    /// <summary>1 over their number: their mean.</summary>
    Mean,

    /// <summary>1 over the square root of their number: a sum whose noise does not grow with it.</summary>
    SquareRoot,
}

/// <summary>A matrix that pools genes into pathways.</summary>
/// <param name="Matrix">Shape [pathways, genes]; columns in the order of the network's matrix.</param>
/// <param name="Pathways">The sets of its rows.</param>
/// <param name="Dropped">Sets with too few genes in the network.</param>
/// <param name="MissingMembershipCount">Memberships of genes that the network does not hold.</param>
/// <param name="UncoveredGeneCount">Genes of the network that are in none of <paramref name="Pathways"/>.</param>
public sealed record PathwayPool(
    CsrMatrix Matrix, IReadOnlyList<GeneSet> Pathways, IReadOnlyList<GeneSet> Dropped, int MissingMembershipCount, int UncoveredGeneCount)
{
    /// <summary>Pools the genes of a network into sets.</summary>
    /// <param name="sets">The pathways.</param>
    /// <param name="network">Its nodes are the columns.</param>
    /// <param name="order">Order of the columns; null for that of the network.</param>
    /// <param name="weight">How genes are weighted; only those in the network count.</param>
    /// <param name="leastGenes">Sets with fewer genes in the network are dropped.</param>
    /// <exception cref="ArgumentException">No set is left, or the order is of another number of nodes.</exception>
    public static PathwayPool Of(
        PathwaySets sets, GeneNetwork network, NodeOrder? order = null, PoolingWeight weight = PoolingWeight.Mean, int leastGenes = 1)
    {
        ArgumentNullException.ThrowIfNull(sets);
        ArgumentNullException.ThrowIfNull(network);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(leastGenes);
        order ??= NodeOrder.Identity(network.NodeCount);
        if (order.Count != network.NodeCount)
        {
            throw new ArgumentException($"The order has {order.Count} nodes and the network {network.NodeCount}.", nameof(order));
        }

        var (kept, dropped, missing) = (new List<GeneSet>(), new List<GeneSet>(), 0);
        var (offsets, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        var isCovered = new bool[network.NodeCount];
        foreach (var set in sets.Sets)
        {
            var nodes = set.Genes.Where(network.Contains).Select(network.IndexOf).ToArray();
            missing += set.Genes.Count - nodes.Length;
            if (nodes.Length < leastGenes)
            {
                dropped.Add(set);
                continue;
            }

            kept.Add(set);
            columns.AddRange(nodes.Select(n => order.PlaceOf[n]).Order());
            values.AddRange(Enumerable.Repeat(WeightOf(weight, nodes.Length), nodes.Length));
            offsets.Add(columns.Count);
            Array.ForEach(nodes, n => isCovered[n] = true);
        }

        return kept.Count > 0
            ? new PathwayPool(
                new CsrMatrix(kept.Count, network.NodeCount, [.. offsets], [.. columns], [.. values]), kept, dropped, missing, isCovered.Count(c => !c))
            : throw new ArgumentException(
                $"None of the {sets.Sets.Count} sets has {leastGenes} genes or more among the {network.NodeCount} nodes of the network. Check that both use the same kind of symbol.", nameof(sets));
    }

    private static float WeightOf(PoolingWeight weight, int count) => weight switch
    {
        PoolingWeight.Mean => 1f / count,
        PoolingWeight.SquareRoot => 1 / MathF.Sqrt(count),
        _ => 1,
    };
}
