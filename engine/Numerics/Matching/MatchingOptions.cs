namespace DigitalTwin.Numerics.Matching;

/// <summary>Which treated subject chooses first.</summary>
public enum MatchingOrder
{
    /// <summary>Highest score first: those hardest to match choose while there is choice.</summary>
    Largest,

    /// <summary>Lowest score first.</summary>
    Smallest,

    /// <summary>In the order of the data.</summary>
    Data,
}

/// <summary>Rules of nearest-neighbour matching.</summary>
public sealed record MatchingOptions
{
    public static MatchingOptions Default { get; } = new();

    /// <summary>Controls wanted for each treated subject, at least 1.</summary>
    public int Ratio { get; init; } = 1;

    /// <summary>Whether a control may serve several treated subjects.</summary>
    public bool WithReplacement { get; init; }

    /// <summary>Largest distance of scores allowed, in the unit of the scores; null = any.</summary>
    public double? Caliper { get; init; }

    /// <summary>Only subjects of the same stratum may be matched, shape [subjects]; null = any.</summary>
    public int[]? ExactStrata { get; init; }

    public MatchingOrder Order { get; init; } = MatchingOrder.Largest;
}

/// <summary>Matched sets and the weights they give.</summary>
/// <param name="Matches">Shape [subjects]; the controls chosen for a treated subject, empty for controls and the unmatched.</param>
/// <param name="Weights">Shape [subjects]: 1 for matched treated, shares summing to the number of matched controls for controls, 0 for the rest.</param>
/// <param name="MatchedSets">Shape [subjects]; number of the set, -1 for none; null with replacement, where a control has no single set.</param>
public sealed record MatchingFit(IReadOnlyList<int>[] Matches, double[] Weights, int[]? MatchedSets)
{
    /// <summary>Treated subjects that found at least one control.</summary>
    public int MatchedTreatedCount => Matches.Count(m => m.Count > 0);
}
