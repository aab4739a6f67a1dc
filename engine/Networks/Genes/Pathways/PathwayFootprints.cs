using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Genes.Pathways;

/// <summary>How expression of a gene answers to a pathway.</summary>
/// <param name="Pathway">Name of the pathway.</param>
/// <param name="Gene">A gene that responds; it need not be a member of the pathway.</param>
/// <param name="Weight">Positive where it goes up when the pathway is active; the source's unit.</param>
public sealed record FootprintWeight(string Pathway, GeneSymbol Gene, double Weight);

/// <summary>Genes that respond to pathways: from their expression the activity of a pathway is read.</summary>
public sealed class PathwayFootprints
{
    /// <param name="weights">In any order, each pair of pathway and gene once.</param>
    /// <exception cref="ArgumentException">A pair stands twice, or a weight is not finite.</exception>
    public PathwayFootprints(IEnumerable<FootprintWeight> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        Weights = [.. weights.OrderBy(w => w.Pathway, StringComparer.Ordinal).ThenBy(w => w.Gene)];
        for (var i = 0; i < Weights.Count; i++)
        {
            if (!double.IsFinite(Weights[i].Weight) || (i > 0 && Weights[i].Pathway == Weights[i - 1].Pathway && Weights[i].Gene == Weights[i - 1].Gene))
            {
                throw new ArgumentException($"{Weights[i].Gene} in {Weights[i].Pathway} stands twice, or its weight {Weights[i].Weight} is not finite.", nameof(weights));
            }
        }

        Pathways = [.. Weights.Select(w => w.Pathway).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>Ordered by pathway and gene.</summary>
    public IReadOnlyList<FootprintWeight> Weights { get; }

    /// <summary>In ordinal order.</summary>
    public IReadOnlyList<string> Pathways { get; }

    /// <summary>The weights as a matrix [pathways, genes]; columns in an order of a network, genes it does not hold left out and counted.</summary>
    /// <exception cref="ArgumentException">The order is of another number of nodes.</exception>
    public (CsrMatrix Matrix, int MissingCount) ToMatrix(GeneNetwork network, NodeOrder? order = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        order ??= NodeOrder.Identity(network.NodeCount);
        if (order.Count != network.NodeCount)
        {
            throw new ArgumentException($"The order has {order.Count} nodes and the network {network.NodeCount}.", nameof(order));
        }

        var (offsets, columns, values) = (new List<int> { 0 }, new List<int>(), new List<float>());
        foreach (var pathway in Weights.GroupBy(w => w.Pathway, StringComparer.Ordinal))
        {
            foreach (var (column, weight) in pathway.Where(w => network.Contains(w.Gene)).Select(w => (order.PlaceOf[network.IndexOf(w.Gene)], w.Weight)).Order())
            {
                columns.Add(column);
                values.Add((float)weight);
            }

            offsets.Add(columns.Count);
        }

        return (new CsrMatrix(Pathways.Count, network.NodeCount, [.. offsets], [.. columns], [.. values]), Weights.Count - columns.Count);
    }
}
