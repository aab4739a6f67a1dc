using DigitalTwin.Omics.Features;

namespace DigitalTwin.Omics.Faults;

/// <summary>Names that have not the form of their kind.</summary>
public sealed class FeatureIdException(string where, FeatureKind kind, IReadOnlyList<string> names)
    : OmicsException(
        where,
        $"{names.Count} names are no {kind} ids: {Some(names)}.",
        $"A name of this kind looks like {FeatureIdParser.Example(kind)}; correct the names or state another kind.")
{
    public FeatureKind Kind { get; } = kind;

    public IReadOnlyList<string> Names { get; } = names;
}

/// <summary>No feature of a layer is a node of the network.</summary>
public sealed class NoFeatureOnNetworkException(string layer, FeatureKind kind, int featureCount, IReadOnlyList<string> examples)
    : OmicsException(
        $"layer '{layer}', network mapping",
        $"None of {featureCount} features, read as {kind}, is on the network: {Some(examples)}.",
        "Check the kind of the ids and that the network is of the same species.");

/// <summary>Too few features of a layer are nodes of the network.</summary>
public sealed class UnknownFeaturesException(string layer, int matched, int featureCount, double leastShare, IReadOnlyList<string> examples)
    : OmicsException(
        $"layer '{layer}', network mapping",
        FormattableString.Invariant($"{matched} of {featureCount} features are on the network, less than the stated share {leastShare}; not found: {Some(examples)}."),
        "Check the ids, or state a lower share.")
{
    public int Matched { get; } = matched;

    public int FeatureCount { get; } = featureCount;
}
