namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>What an edge list may call a relation, and what it means here.</summary>
internal static class RelationNames
{
    /// <summary>Type, sign and direction of a relation; null where the name is not known.</summary>
    public static (EdgeType Type, EdgeSign Sign, bool IsDirected)? Find(string name) => name.ToUpperInvariant() switch
    {
        "PP" or "INTERACTION" or "INTERACTS" or "INTERACTS-WITH" or "BINDS" or "IN-COMPLEX-WITH" or "UNDIRECTED" or "--" => (EdgeType.Interaction, EdgeSign.Unknown, false),
        "ASSOCIATION" or "ASSOCIATED" or "COEXPRESSION" => (EdgeType.Association, EdgeSign.Unknown, false),
        "->" or "-->" or "ACTIVATION" or "ACTIVATES" or "STIMULATION" or "STIMULATES" or "1" or "+" => (EdgeType.Activation, EdgeSign.Positive, true),
        "-|" or "--|" or "INHIBITION" or "INHIBITS" or "-1" or "-" => (EdgeType.Inhibition, EdgeSign.Negative, true),
        "PD" or "TF" or "TRANSCRIPTIONTARGET" or "TRANSCRIPTION-TARGET" or "CONTROLS-EXPRESSION-OF" or "REGULATES" => (EdgeType.TranscriptionTarget, EdgeSign.Unknown, true),
        "INDUCES" or "UPREGULATES" => (EdgeType.TranscriptionTarget, EdgeSign.Positive, true),
        "REPRESSES" or "DOWNREGULATES" => (EdgeType.TranscriptionTarget, EdgeSign.Negative, true),
        "CONTROLS-STATE-CHANGE-OF" or "CONTROLS" or "DIRECTED" => (EdgeType.Interaction, EdgeSign.Unknown, true),
        _ => null,
    };
}
