using DigitalTwin.Scenarios.Reports.Plots;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>Every estimate of every method: a forest plot a measure, then the table.</summary>
internal static class EstimatesSection
{
    private const double MaximumSideWidth = 220;

    public static void Write(ReportPage page, ReportContext context)
    {
        page.Section("estimates", "Estimates by every method");
        page.Paragraph("The primary method was named in the scenario before the run; the others show how much the answer depends on that choice.");
        var key = 0;
        foreach (var group in context.Result.Estimates.GroupBy(e => (e.Estimate.Measure, e.Estimate.Time)).OrderByDescending(g => g.Any(e => e.Primary)))
        {
            var estimates = group.ToArray();
            if (estimates.Any(e => double.IsFinite(e.Estimate.Value)))
            {
                page.Figure([Forest(context, $"forest-{key++}", estimates)], Caption(context, estimates[0].Estimate));
            }
        }

        page.Details("All estimates as a table", () => WriteTable(page, context));
        page.EndSection();
    }

    private static string Forest(ReportContext context, string key, EstimateResult[] estimates)
    {
        var first = estimates[0].Estimate;
        var numbers = context.Numbers;
        var factor = Factor(context, first.Measure);
        var truth = context.Result.Reveal?.TruthOf(first);
        var rows = estimates.OrderByDescending(e => IsPrimaryMethod(context, e)).Select(e => Row(context, e, factor)).ToList();
        if (truth is not null)
        {
            rows.Add(new ForestRow(
                "Real control arm (revealed)", context.Result.Reveal!.Label, truth.Value * factor, truth.Interval.Lower * factor, truth.Interval.Upper * factor, Figures(numbers, truth), "reveal"));
        }

        var (better, worse) = (Favours(context.Treated.Label), "favours control");
        var smaller = context.SmallerIsBetter(first.Measure);
        var unit = numbers.UnitOf(first.Measure).Trim();
        return new ForestPlot(
            key,
            numbers.Name(first.Measure, first.Time) + (unit.Length == 0 ? string.Empty : $", {unit}"),
            $"Estimate ({ReportNumbers.Level(first.Interval.Level)} interval)",
            rows,
            EffectEstimate.IsRatio(first.Measure),
            smaller ? better : worse,
            smaller ? worse : better,
            truth?.Value * factor,
            ReportNumbers.Short).Draw();
    }

    private static ForestRow Row(ReportContext context, EstimateResult estimate, double factor)
    {
        var e = estimate.Estimate;
        var arm = context.Result.ControlArms.FirstOrDefault(a => a.MethodId == e.MethodId);
        var detail = arm is null ? ResultNames.Of(estimate.Population) : $"{ResultNames.Of(estimate.Population)}, effective control sample {ReportNumbers.Fixed(arm.EssControl, 0)}";
        return new ForestRow(
            context.MethodLabel(e.MethodId),
            detail,
            e.Value * factor,
            e.Interval.Lower * factor,
            e.Interval.Upper * factor,
            Figures(context.Numbers, e),
            IsPrimaryMethod(context, estimate) ? "primary" : "other");
    }

    /// <summary>Names the arm under the axis where there is room for it.</summary>
    private static string Favours(string label) =>
        PlotText.Width(label) <= MaximumSideWidth ? $"favours {ReportContext.InSentence(label)}" : "favours treatment";

    private static bool IsPrimaryMethod(ReportContext context, EstimateResult estimate) =>
        estimate.Estimate.MethodId == context.Primary.Estimate.MethodId;

    /// <summary>Carries the stored value to the axis: fractions to percentage points, days to the report's unit.</summary>
    private static double Factor(ReportContext context, SummaryMeasure measure) => measure switch
    {
        SummaryMeasure.SurvivalDifference or SummaryMeasure.RiskDifference => 100,
        SummaryMeasure.RmstDifference => context.Numbers.InUnit(1),
        _ => 1,
    };

    private static string Figures(ReportNumbers numbers, EffectEstimate estimate) =>
        $"{numbers.Value(estimate.Measure, estimate.Value)} ({numbers.Interval(estimate)})";

    private static string Caption(ReportContext context, EffectEstimate estimate)
    {
        var truth = context.Result.Reveal?.TruthOf(estimate) is null ? string.Empty : " The dashed line is the figure with the real, randomised control arm, which no method saw.";
        return $"{context.Numbers.Name(estimate.Measure, estimate.Time)} by method. Diamond: primary method; lines: intervals.{truth}";
    }

    private static void WriteTable(ReportPage page, ReportContext context)
    {
        var estimates = context.Result.Estimates.OrderByDescending(e => e.Primary).ToArray();
        page.Table(
            "Estimates. Standard errors of ratios are those of the logarithm.",
            ["Measure", "Method", "For", "#Estimate", "#Interval", "#Std. error", "Kind of interval", "#E-value (limit)"],
            estimates.Select(e =>
            {
                var estimate = e.Estimate;
                return (string[])[
                    context.Numbers.NameWithUnit(estimate.Measure, estimate.Time),
                    context.MethodLabel(estimate.MethodId),
                    ResultNames.Of(e.Population),
                    context.Numbers.Value(estimate.Measure, estimate.Value, 1),
                    context.Numbers.Interval(estimate, 1),
                    EffectEstimate.IsRatio(estimate.Measure) ? ReportNumbers.Fixed(estimate.StandardError, 3) : context.Numbers.Value(estimate.Measure, estimate.StandardError, 1),
                    estimate.Interval.Kind,
                    e.EValue is { } value ? $"{ReportNumbers.Fixed(value.Point, 2)} ({ReportNumbers.Fixed(value.Limit, 2)})" : "–",
                ];
            }),
            row => estimates[row].Primary);
    }
}
