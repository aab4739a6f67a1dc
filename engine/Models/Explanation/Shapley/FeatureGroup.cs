using DigitalTwin.Models.Explanation.Attribution;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Pathways;

namespace DigitalTwin.Models.Explanation.Shapley;

/// <summary>Features that are replaced together.</summary>
/// <param name="Name">In reports.</param>
/// <param name="Features">At least one; the treatment is the feature <c>arm</c> of its source, repeated measurements are <c>all</c> of theirs.</param>
public sealed record FeatureGroup(string Name, IReadOnlyList<FeatureName> Features)
{
    internal static FeatureName Arm { get; } = new(FeatureName.Treatment, "arm");

    internal static FeatureName Observed { get; } = new(FeatureName.Observations, "all");

    /// <summary>One group a modality: covariates, each layer, observations; the arm only where asked for.</summary>
    public static IReadOnlyList<FeatureGroup> Modalities(SubjectInputs inputs, bool withTreatment = false)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        FeatureGroup[] groups =
        [
            new(FeatureName.Covariates, [.. inputs.Covariates.Select(c => new FeatureName(FeatureName.Covariates, c.Variable.Name))]),
            .. inputs.Layers.Select(l => new FeatureGroup(l.Layer.Name, [.. l.Layer.Features.Select(f => new FeatureName(l.Layer.Name, f))])),
            new(FeatureName.Observations, inputs.Observations is null ? [] : [Observed]),
            new(FeatureName.Treatment, withTreatment && inputs.Treatments is not null ? [Arm] : []),
        ];
        return [.. groups.Where(g => g.Features.Count > 0)];
    }

    /// <summary>Some features one by one, and what is left of each modality as a group of its own.</summary>
    public static IReadOnlyList<FeatureGroup> Apart(SubjectInputs inputs, IEnumerable<FeatureName> features)
    {
        ArgumentNullException.ThrowIfNull(features);
        var single = features.Distinct().ToArray();
        return [.. single.Select(f => new FeatureGroup(f.ToString(), [f])), .. Rest(inputs, single.ToHashSet())];
    }

    /// <summary>The features that moved a prediction most by another attribution, one by one, and what is left.</summary>
    public static IReadOnlyList<FeatureGroup> Top(SubjectInputs inputs, PredictionAttribution attribution, int count)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(attribution);
        var known = Modalities(inputs).SelectMany(g => g.Features).ToHashSet();
        return Apart(inputs, attribution.Features.Select(f => f.Feature).Where(known.Contains).Take(count));
    }

    /// <summary>One group a pathway over all layers, and what is left. A gene in several pathways goes with the smallest, for groups must not overlap.</summary>
    /// <param name="inputs">Layers whose features are gene symbols.</param>
    /// <param name="sets">The pathways.</param>
    public static IReadOnlyList<FeatureGroup> Pathways(SubjectInputs inputs, PathwaySets sets)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(sets);
        var homes = new Dictionary<GeneSymbol, string>();
        foreach (var set in sets.Sets.OrderBy(s => s.Genes.Count).ThenBy(s => s.Id, StringComparer.Ordinal))
        {
            foreach (var gene in set.Genes)
            {
                homes.TryAdd(gene, set.Id);
            }
        }

        var groups =
            from layer in inputs.Layers
            from feature in layer.Layer.Features
            where GeneSymbol.TryParse(feature, out var symbol) && homes.ContainsKey(symbol)
            group new FeatureName(layer.Layer.Name, feature) by homes[new GeneSymbol(feature.Trim())] into pathway
            orderby pathway.Key
            select new FeatureGroup(pathway.Key, [.. pathway]);
        FeatureGroup[] found = [.. groups];
        return [.. found, .. Rest(inputs, found.SelectMany(g => g.Features).ToHashSet())];
    }

    private static IEnumerable<FeatureGroup> Rest(SubjectInputs inputs, HashSet<FeatureName> taken) =>
        from modality in Modalities(inputs)
        let left = modality.Features.Where(f => !taken.Contains(f)).ToArray()
        where left.Length > 0
        select new FeatureGroup(left.Length == modality.Features.Count ? modality.Name : $"rest of {modality.Name}", left);
}
