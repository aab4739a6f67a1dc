namespace DigitalTwin.Networks.Genes;

/// <summary>What an edge says of its two nodes.</summary>
public enum EdgeType
{
    /// <summary>They act together; no effect of one on the other is known.</summary>
    Interaction,

    /// <summary>The source raises the activity of the target.</summary>
    Activation,

    /// <summary>The source lowers the activity of the target.</summary>
    Inhibition,

    /// <summary>The source is a transcription factor of the target; its sign says whether expression goes up or down.</summary>
    TranscriptionTarget,

    /// <summary>They are alike, or found together; that they touch is not claimed.</summary>
    Association,
}

/// <summary>Groups types whose edges can repeat or contradict one another.</summary>
internal static class EdgeFamilies
{
    /// <summary>An activation and an inhibition of the same ends contradict each other; an effect on activity and one on expression do not.</summary>
    public static int FamilyOf(EdgeType type) => type switch
    {
        EdgeType.TranscriptionTarget => 1,
        EdgeType.Association => 2,
        _ => 0,
    };
}
