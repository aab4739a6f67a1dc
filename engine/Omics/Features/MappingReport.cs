using System.Text;

namespace DigitalTwin.Omics.Features;

/// <summary>Several features of one node.</summary>
/// <param name="Node">Name of the node.</param>
/// <param name="Features">The features, in the order of the layer.</param>
/// <param name="Kept">The one that speaks for the node; null where their mean does.</param>
public sealed record DuplicateFeatures(string Node, IReadOnlyList<string> Features, string? Kept);

/// <summary>What mapping a layer to a network came to. Every feature is counted in exactly one of exact, alias, ambiguous, unknown and malformed.</summary>
/// <param name="LayerName">Name of the layer.</param>
/// <param name="FeatureCount">Features of the layer.</param>
/// <param name="NodeCount">Nodes that got values.</param>
/// <param name="Exact">Features named as their node.</param>
/// <param name="Aliases">Features that are an alias, as <c>feature -> node</c>.</param>
/// <param name="Ambiguous">Features that may be several nodes; left out.</param>
/// <param name="Unknown">Features that are no node; left out.</param>
/// <param name="Malformed">Features whose name has not the form of the kind; left out.</param>
/// <param name="Duplicates">Nodes with several features.</param>
public sealed record MappingReport(
    string LayerName,
    int FeatureCount,
    int NodeCount,
    int Exact,
    IReadOnlyList<string> Aliases,
    IReadOnlyList<string> Ambiguous,
    IReadOnlyList<string> Unknown,
    IReadOnlyList<string> Malformed,
    IReadOnlyList<DuplicateFeatures> Duplicates)
{
    private const int Shown = 5;

    /// <summary>Features that a node took: exact and alias.</summary>
    public int MatchedCount => Exact + Aliases.Count;

    /// <summary>For a person to read: one line in all, one for each finding, with the first few names.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{LayerName}: {MatchedCount} of {FeatureCount} features are on {NodeCount} nodes of the network.");
        Add(text, "by alias", Aliases);
        Add(text, "ambiguous, left out", Ambiguous);
        Add(text, "unknown, left out", Unknown);
        Add(text, "malformed, left out", Malformed);
        Add(text, "nodes of several features", [.. Duplicates.Select(d => $"{d.Node} ({string.Join(" + ", d.Features)}{(d.Kept is null ? string.Empty : $", kept {d.Kept}")})")]);
        return text.ToString();
    }

    private static void Add(StringBuilder text, string title, IReadOnlyList<string> names)
    {
        if (names.Count > 0)
        {
            text.Append($"\n  {title}: {names.Count}: {string.Join(", ", names.Take(Shown))}{(names.Count > Shown ? ", ..." : string.Empty)}");
        }
    }
}
