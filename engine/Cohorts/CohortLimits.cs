namespace DigitalTwin.Cohorts;

/// <summary>How much a reader may take on. What passes a limit is refused before memory is allocated for it.</summary>
/// <param name="MaximumBytes">Bytes the cohort may need in memory.</param>
/// <param name="MaximumFileCount">Files of a bundle.</param>
public sealed record CohortLimits(long MaximumBytes = 8L << 30, int MaximumFileCount = 1000)
{
    /// <summary>8 GiB and 1,000 files.</summary>
    public static CohortLimits Default { get; } = new();
}
