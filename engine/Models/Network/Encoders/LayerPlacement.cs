using DigitalTwin.Omics.Features;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Which features of a layer are on the network, found by trying the kinds of names that genes and proteins have.</summary>
/// <param name="Layer">Of some subjects.</param>
/// <param name="Kind">What its features are named by: the kind of name by which most are found.</param>
/// <param name="OnNetwork">Features that are on the network; may be none.</param>
internal sealed record LayerPlacement(SubjectLayer Layer, FeatureKind Kind, IReadOnlySet<string> OnNetwork)
{
    // The narrowest form first: an accession also has the form of a symbol.
    private static readonly FeatureKind[] Kinds = [FeatureKind.UniProt, FeatureKind.Ensembl, FeatureKind.GeneSymbol];

    /// <summary>The placement under the kind of name by which most features are found.</summary>
    /// <param name="layer">Of some subjects; only its names are looked at.</param>
    /// <param name="resolver">Answers for the network.</param>
    public static LayerPlacement Of(SubjectLayer layer, INodeResolver resolver) =>
        Kinds.Select(kind => new LayerPlacement(layer, kind, Found(layer.Layer.Features, kind, resolver))).MaxBy(p => p.OnNetwork.Count)!;

    /// <summary>Whether so many features are on the network that the layer is laid on it.</summary>
    /// <param name="leastShare">Share of the features that must be.</param>
    public bool IsEnough(double leastShare) => OnNetwork.Count > 0 && OnNetwork.Count >= leastShare * Layer.FeatureCount;

    /// <summary>How many of some names are on the network under the kind of name by which most are.</summary>
    public static int CountFound(IReadOnlyList<string> names, INodeResolver resolver) => Kinds.Max(kind => Found(names, kind, resolver).Count);

    private static HashSet<string> Found(IReadOnlyList<string> names, FeatureKind kind, INodeResolver resolver) =>
        [.. names.Where(f => FeatureIdParser.TryParse(kind, f, out var id) && resolver.Resolve(id).Node is not null)];
}
