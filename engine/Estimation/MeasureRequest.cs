using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>One number asked of an estimator.</summary>
/// <param name="Measure">What is to be estimated.</param>
/// <param name="Time">Time of a survival difference, or horizon of a restricted mean; null = the horizon of the outcome, where a measure needs one.</param>
public sealed record MeasureRequest(SummaryMeasure Measure, Duration? Time = null)
{
    /// <summary>The time in days that a survival measure is read at.</summary>
    internal double DaysFor(SurvivalOutcome outcome) => (Time ?? outcome.Horizon).Days;

    /// <summary>The time an estimate of this request carries: null for measures without one.</summary>
    internal Duration? TimeFor(OutcomeData outcome) => outcome is SurvivalOutcome survival ? Time ?? survival.Horizon : null;
}
