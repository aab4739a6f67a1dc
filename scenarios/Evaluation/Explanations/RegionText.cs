using DigitalTwin.Models.Calibration;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>What is stated to hold a subject's outcome, in words.</summary>
internal static class RegionText
{
    /// <summary>Null where nothing is stated.</summary>
    public static string? Of(PredictionRegions? regions, int subject, EvaluationPlan plan)
    {
        if (plan.Intervals is not { } intervals)
        {
            return null;
        }

        return regions switch
        {
            IntervalRegions interval => FormattableString.Invariant($"{interval.Lower[subject]:G4} to {interval.Upper[subject]:G4} ({100 * intervals.Level:0.##} %)"),
            ClassRegions sets => FormattableString.Invariant($"{string.Join(" or ", sets.Classes[subject].Select(c => Class(c, plan)))} ({100 * intervals.Level:0.##} %)"),
            TimeRegions bounds => FormattableString.Invariant($"not before day {bounds.Days[subject]:0.#} ({100 * intervals.Level:0.##} %)"),
            _ => null,
        };
    }

    private static string Class(int code, EvaluationPlan plan) => plan.Target.Kind == Vocabulary.EndpointKind.Binary
        ? code == 1 ? "occurs" : "does not occur"
        : code < plan.Target.Levels.Count ? plan.Target.Levels[code] : FormattableString.Invariant($"class {code}");
}
