using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>What the genes of a pathway contributed together.</summary>
/// <param name="Set">The pathway.</param>
/// <param name="GeneCount">Its genes that have a contribution.</param>
/// <param name="Contribution">Their sum, each gene divided by the number of pathways that hold it.</param>
public sealed record PathwayContribution(GeneSet Set, int GeneCount, FeatureAttribution Contribution);

/// <summary>Contributions of features summed by pathway.</summary>
/// <param name="Pathways">The greatest first.</param>
/// <param name="Outside">Sum of molecular contributions of genes in no pathway, and of features that are no gene.</param>
/// <param name="OutsideShare">Share of absolute molecular contributions that lies outside any pathway, from 0 to 1; 0 where there are none.</param>
public sealed record PathwayAttribution(IReadOnlyList<PathwayContribution> Pathways, FeatureAttribution Outside, double OutsideShare)
{
    /// <summary>Sums. A gene in k pathways counts 1/k in each, so that pathways and what lies outside add up to all molecular contributions.</summary>
    /// <param name="attribution">Of features; those of covariates, treatment and observations are left aside.</param>
    /// <param name="sets">The pathways.</param>
    /// <param name="catalog">Aliases and accessions; none compares names alone.</param>
    public static PathwayAttribution Of(PredictionAttribution attribution, PathwaySets sets, GeneCatalog? catalog = null)
    {
        ArgumentNullException.ThrowIfNull(attribution);
        ArgumentNullException.ThrowIfNull(sets);
        var homes = new Dictionary<GeneSymbol, List<int>>();
        for (var s = 0; s < sets.Sets.Count; s++)
        {
            foreach (var gene in sets.Sets[s].Genes)
            {
                (homes.TryGetValue(gene, out var list) ? list : homes[gene] = []).Add(s);
            }
        }

        var memberCount = attribution.Features.Count == 0 ? 1 : attribution.Features[0].Members.Count;
        var (sums, genes, outside) = (new double[sets.Sets.Count][], new HashSet<GeneSymbol>[sets.Sets.Count], new double[memberCount]);
        double outsideSize = 0, size = 0;
        foreach (var feature in attribution.Features.Where(f => f.Feature.Source is not (FeatureName.Covariates or FeatureName.Treatment or FeatureName.Observations)))
        {
            size += Math.Abs(feature.Value);
            if (GeneOf(feature.Feature.Feature, homes, catalog) is not { } gene)
            {
                outsideSize += Math.Abs(feature.Value);
                Add(outside, feature, 1);
                continue;
            }

            foreach (var s in homes[gene])
            {
                (genes[s] ??= []).Add(gene);
                Add(sums[s] ??= new double[memberCount], feature, 1.0 / homes[gene].Count);
            }
        }

        var pathways = Enumerable.Range(0, sums.Length).Where(s => sums[s] is not null)
            .Select(s => new PathwayContribution(sets.Sets[s], genes[s].Count, new FeatureAttribution(new FeatureName("pathway", sets.Sets[s].Id), sums[s])))
            .OrderByDescending(p => Math.Abs(p.Contribution.Value)).ThenBy(p => p.Set.Id, StringComparer.Ordinal);
        return new PathwayAttribution([.. pathways], new FeatureAttribution(new FeatureName("pathway", "none"), outside), size > 0 ? outsideSize / size : 0);
    }

    /// <summary>Null for a gene that is in no set, or a feature that is no gene.</summary>
    private static GeneSymbol? GeneOf(string feature, Dictionary<GeneSymbol, List<int>> homes, GeneCatalog? catalog) =>
        GeneSymbol.TryParse(feature, out var symbol) && homes.ContainsKey(symbol) ? symbol
        : catalog?.Resolve(feature).Symbol is { } found && homes.ContainsKey(found) ? found
        : null;

    private static void Add(double[] sum, FeatureAttribution feature, double share)
    {
        for (var m = 0; m < sum.Length; m++)
        {
            sum[m] += share * feature.Members[m];
        }
    }
}
