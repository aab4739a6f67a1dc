using DigitalTwin.Models.Calibration;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>How often regions held what happened, and how much they leave open.</summary>
public static class RegionMetrics
{
    /// <summary>The measures of a kind of outcome: coverage first.</summary>
    /// <param name="kind">Kind of outcome.</param>
    /// <param name="level">Stated coverage, in (0, 1).</param>
    /// <exception cref="ArgumentOutOfRangeException">There are no regions for this kind.</exception>
    public static IReadOnlyList<OutcomeMetric> For(EndpointKind kind, double level)
    {
        var percent = Percent(level);
        var coverage = new OutcomeMetric(
            $"coverage-{percent}",
            kind == EndpointKind.TimeToEvent
                ? $"share of test subjects whose event did not come before its bound, censoring undone by weights; {percent} % are stated [Angelopoulos2024]"
                : $"share of test subjects whose outcome its region held; {percent} % are stated [Vovk2005]",
            MetricDirection.Stated,
            sample => Coverage(sample));
        OutcomeMetric size = kind switch
        {
            EndpointKind.Continuous => new($"width-{percent}", "mean width of the intervals, in the unit of the target", MetricDirection.Lower,
                s => s.Regions is IntervalRegions regions ? regions.Upper.Zip(regions.Lower, (u, l) => u - l).Average() : double.NaN),
            EndpointKind.TimeToEvent => new($"lower-bound-{percent}", "mean bound, in days", MetricDirection.Higher,
                s => s.Regions is TimeRegions regions ? regions.Days.Average() : double.NaN),
            EndpointKind.Binary or EndpointKind.Categorical or EndpointKind.Ordinal => new($"set-size-{percent}", "mean number of classes in a set", MetricDirection.Lower,
                s => s.Regions is ClassRegions regions ? regions.Classes.Average(c => c.Count) : double.NaN),
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There are no regions for outcomes of this kind."),
        };
        return [coverage, size];
    }

    /// <summary>Coverage of each class among the test subjects that are of it, in the order of the levels; none for an outcome without classes.</summary>
    /// <param name="outcome">Any subjects of the evaluation.</param>
    /// <param name="level">Stated coverage, in (0, 1).</param>
    public static IReadOnlyList<(string Class, OutcomeMetric Coverage)> OfClasses(OutcomeData outcome, double level)
    {
        string[] names = outcome switch
        {
            BinaryOutcome => ["did not occur", "occurred"],
            CategoricalOutcome categorical => [.. categorical.Levels],
            _ => [],
        };
        return [.. names.Select((name, c) => (name, new OutcomeMetric(
            $"coverage-{Percent(level)}", $"share of test subjects of this class whose set held it", MetricDirection.Stated, sample => Coverage(sample, c))))];
    }

    private static double Coverage(MetricSample sample, int? ofClass = null)
    {
        switch (sample.Regions, sample.Test)
        {
            case (IntervalRegions regions, ContinuousOutcome outcome):
                return Enumerable.Range(0, outcome.Count).Average(i => regions.Lower[i] <= outcome.Values[i] && outcome.Values[i] <= regions.Upper[i] ? 1.0 : 0);
            case (ClassRegions regions, BinaryOutcome or CategoricalOutcome):
                var codes = sample.Test is BinaryOutcome binary ? [.. binary.Occurred.Select(o => o ? 1 : 0)] : ((CategoricalOutcome)sample.Test).Codes;
                int[] counted = [.. Enumerable.Range(0, codes.Length).Where(i => ofClass is null || codes[i] == ofClass)];
                return counted.Length == 0 ? double.NaN : counted.Average(i => regions.Classes[i].Contains(codes[i]) ? 1.0 : 0);
            case (TimeRegions regions, SurvivalOutcome outcome):
                return 1 - Enumerable.Range(0, outcome.Count).Average(i => outcome.HadEvent[i] && outcome.Days[i] < regions.Days[i] ? 1 / regions.Followed[i] : 0);
            default:
                return double.NaN;
        }
    }

    private static string Percent(double level) => FormattableString.Invariant($"{100 * level:0.##}");
}
