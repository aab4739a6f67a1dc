namespace DigitalTwin.Scenarios.Results;

/// <summary>How a curve was obtained.</summary>
public enum CurveKind
{
    /// <summary>Kaplan-Meier estimate of an arm as observed.</summary>
    Observed,

    /// <summary>Kaplan-Meier estimate of the external subjects before weighting.</summary>
    Unweighted,

    /// <summary>Weighted Kaplan-Meier estimate of a control arm.</summary>
    Weighted,

    /// <summary>Mean of the twins' forecasts under control.</summary>
    TwinPredicted,

    /// <summary>Kaplan-Meier estimate of the hidden real control arm.</summary>
    Revealed,
}

/// <summary>A survival curve, a step function from 1 at day 0 (twin-predicted curves are joined by lines).</summary>
/// <param name="Id">Unique in the run.</param>
/// <param name="Label">Words for the legend.</param>
/// <param name="Kind">How it was obtained.</param>
/// <param name="MethodId">Method whose control arm it is, or null.</param>
/// <param name="Days">Shape [times], ascending, days.</param>
/// <param name="Survival">Shape [times]; value from that day on.</param>
/// <param name="Lower">Shape [times], or null; pointwise limit.</param>
/// <param name="Upper">Shape [times], or null; pointwise limit.</param>
/// <param name="Level">Confidence level of the limits, or null.</param>
/// <param name="RiskTable">Subjects at risk at chosen days; empty for predicted curves.</param>
public sealed record SurvivalCurve(
    string Id,
    string Label,
    CurveKind Kind,
    string? MethodId,
    double[] Days,
    double[] Survival,
    double[]? Lower,
    double[]? Upper,
    double? Level,
    IReadOnlyList<RiskTableEntry> RiskTable);

/// <param name="Day">Day of the count.</param>
/// <param name="AtRisk">Subjects still followed just before that day; a sum of weights for weighted curves.</param>
/// <param name="Events">Events up to and including that day; weighted likewise.</param>
public sealed record RiskTableEntry(double Day, double AtRisk, double Events);
