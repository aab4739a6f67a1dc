using DigitalTwin.Vocabulary;

namespace DigitalTwin.Trials;

/// <summary>Which number of a simulated trial is held against the threshold.</summary>
public enum SuccessRule
{
    /// <summary>The estimate itself lies below the threshold.</summary>
    EstimateBelow,

    /// <summary>The estimate itself lies above the threshold.</summary>
    EstimateAbove,

    /// <summary>The upper confidence limit lies below the threshold.</summary>
    UpperLimitBelow,

    /// <summary>The lower confidence limit lies above the threshold.</summary>
    LowerLimitAbove,
}

/// <summary>When a simulated trial counts as a success.</summary>
/// <param name="Measure">What the trial estimates; must fit the endpoint.</param>
/// <param name="Time">Time of a survival difference, horizon of an RMST difference; null otherwise.</param>
/// <param name="Rule">Which number is compared.</param>
/// <param name="Threshold">On the natural scale of the measure (ratios as ratios, RMST in days).</param>
/// <param name="Level">Confidence level of the limits.</param>
public sealed record SuccessCriterion(SummaryMeasure Measure, Duration? Time, SuccessRule Rule, double Threshold, double Level)
{
    /// <summary>Whether a trial with this result succeeds.</summary>
    internal bool IsMet(double value, double lower, double upper) => Rule switch
    {
        SuccessRule.EstimateBelow => value < Threshold,
        SuccessRule.EstimateAbove => value > Threshold,
        SuccessRule.UpperLimitBelow => upper < Threshold,
        SuccessRule.LowerLimitAbove => lower > Threshold,
        _ => throw new InvalidOperationException($"Unknown success rule {Rule}."),
    };
}
