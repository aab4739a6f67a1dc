namespace DigitalTwin.Omics.Features;

/// <summary>How a network answered to a feature.</summary>
public enum NodeMatch
{
    /// <summary>The feature is named as the node is.</summary>
    Exact,

    /// <summary>The feature is an alias or accession of one node.</summary>
    Alias,

    /// <summary>Several nodes may be meant: which one is not guessed.</summary>
    Ambiguous,

    /// <summary>No node is meant.</summary>
    Unknown,
}

/// <summary>The answer of a network to a feature.</summary>
/// <param name="Match">How the node was found.</param>
/// <param name="Node">Name of the node; null where ambiguous or unknown.</param>
public sealed record NodeResolution(NodeMatch Match, string? Node = null);

/// <summary>Knows which node of a network a feature stands for. A network gives one; this floor knows no network.</summary>
public interface INodeResolver
{
    NodeResolution Resolve(FeatureId feature);
}
