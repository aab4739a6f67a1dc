using DigitalTwin.Omics.Features;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Which features of a layer are on the network, found by trying the kinds of names that genes and proteins have.</summary>
/// <param name="Layer">Of the training subjects.</param>
/// <param name="Kind">What its features are named by.</param>
/// <param name="OnNetwork">Features that are on the network.</param>
internal sealed record LayerPlacement(SubjectLayer Layer, FeatureKind Kind, IReadOnlySet<string> OnNetwork)
{
    private static readonly FeatureKind[] Kinds = [FeatureKind.GeneSymbol, FeatureKind.Ensembl, FeatureKind.UniProt];

    /// <summary>The placement under the kind of name by which most features are found; null where too few are.</summary>
    /// <param name="layer">Of the training subjects.</param>
    /// <param name="resolver">Answers for the network.</param>
    /// <param name="leastShare">Share of the features that must be on the network.</param>
    public static LayerPlacement? Find(SubjectLayer layer, INodeResolver resolver, double leastShare)
    {
        var best = Kinds.Select(kind => new LayerPlacement(layer, kind, Found(layer, kind, resolver))).MaxBy(p => p.OnNetwork.Count)!;
        return best.OnNetwork.Count > 0 && best.OnNetwork.Count >= leastShare * layer.FeatureCount ? best : null;
    }

    private static HashSet<string> Found(SubjectLayer layer, FeatureKind kind, INodeResolver resolver) =>
        [.. layer.Layer.Features.Where(f => FeatureIdParser.TryParse(kind, f, out var id) && resolver.Resolve(id).Node is not null)];
}
