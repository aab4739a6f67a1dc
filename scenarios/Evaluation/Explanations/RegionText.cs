using DigitalTwin.Models.Calibration;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>What is stated to hold a subject's outcome, in words.</summary>
internal static class RegionText
{
    /// <summary>Null where nothing is stated.</summary>
    /// <param name="regions">Of the test subjects.</param>
    /// <param name="subject">Its place among them.</param>
    /// <param name="plan">The evaluation.</param>
    /// <param name="outcome">Of any subjects: names the classes.</param>
    public static string? Of(PredictionRegions? regions, int subject, EvaluationPlan plan, OutcomeData outcome)
    {
        if (plan.Intervals is not { } intervals)
        {
            return null;
        }

        return regions switch
        {
            IntervalRegions interval => FormattableString.Invariant($"{interval.Lower[subject]:G4} to {interval.Upper[subject]:G4} ({100 * intervals.Level:0.##} %)"),
            ClassRegions sets => FormattableString.Invariant($"{string.Join(" or ", sets.Classes[subject].Select(c => Class(c, outcome)))} ({100 * intervals.Level:0.##} %)"),
            TimeRegions bounds => FormattableString.Invariant($"not before day {bounds.Days[subject]:0.#} ({100 * intervals.Level:0.##} %)"),
            _ => null,
        };
    }

    private static string Class(int code, OutcomeData outcome) =>
        outcome is CategoricalOutcome classes ? classes.Levels[code] : code == 1 ? "occurs" : "does not occur";
}
