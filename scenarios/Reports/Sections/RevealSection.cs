using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>The check against the real control arm that no method saw.</summary>
internal static class RevealSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        if (context.Result.Reveal is not { } reveal)
        {
            return;
        }

        page.Section("reveal", "Reveal: what the real control arm says");
        var comparison = reveal.Comparisons.FirstOrDefault(c => c.EstimateId == context.Primary.Id);
        if (comparison is not null)
        {
            page.Paragraph(Verdict(context, comparison), "verdict");
        }

        page.Paragraph(reveal.Description);
        if (reveal.Curve is { } curve)
        {
            page.Figure(
                [CurvesSection.Plot(context, "reveal-plot", [.. CurvesSection.Choose(context).Where(c => c.Curve.Kind != CurveKind.Unweighted), (curve, "reveal")])],
                $"The hidden control arm ({reveal.Label}, {ReportNumbers.Count(reveal.SubjectCount)} subjects{(reveal.EventCount is { } events ? $", {ReportNumbers.Count(events)} events" : string.Empty)}) beside the control arms that stood in for it.");
        }

        WriteTables(page, context, reveal);
        page.EndSection();
    }

    private static string Verdict(ReportContext context, RevealComparison comparison)
    {
        var measure = context.Primary.Estimate.Measure;
        var unit = context.Numbers.UnitOf(measure);
        return $"Primary estimate {context.Numbers.Value(measure, context.Primary.Estimate.Value, 1)}{unit}, truth {context.Numbers.Value(measure, comparison.Truth, 1)}{unit}: "
            + $"off by {context.Numbers.Value(measure, Math.Abs(comparison.Difference), 1)}; the interval {(comparison.IntervalCovers ? "covers" : "does not cover")} the truth.";
    }

    private static void WriteTables(ReportPage page, ReportContext context, RevealResult reveal)
    {
        var estimates = context.Result.Estimates.ToDictionary(e => e.Id, StringComparer.Ordinal);
        var rows = reveal.Comparisons
            .Where(c => estimates.ContainsKey(c.EstimateId))
            .Select(c => (Comparison: c, Estimate: estimates[c.EstimateId]))
            .OrderBy(r => r.Estimate.Estimate.Measure).ThenBy(r => r.Estimate.Estimate.Time?.Days ?? 0)
            .ToArray();
        var primary = rows.Where(r => r.Estimate.Estimate.Measure == context.Primary.Estimate.Measure && r.Estimate.Estimate.Time == context.Primary.Estimate.Time).ToArray();
        var others = rows.Except(primary).ToArray();
        page.Paragraph($"Over all methods and measures {rows.Count(r => r.Comparison.IntervalCovers)} of {rows.Length} intervals cover the truth. They share their subjects, so they are no independent trials of the method.");
        WriteTable(page, context, "The primary measure by every method against the truth.", primary);
        if (others.Length > 0)
        {
            page.Details("The other measures against the truth", () => WriteTable(page, context, "The other measures by every method against the truth.", others));
        }
    }

    private static void WriteTable(ReportPage page, ReportContext context, string caption, (RevealComparison Comparison, EstimateResult Estimate)[] rows) =>
        page.Table(
            caption,
            ["Measure", "Method", "#Estimate", "#Interval", "#Truth", "#Difference", "Covers"],
            rows.Select(r => (string[])[
                context.Numbers.NameWithUnit(r.Estimate.Estimate.Measure, r.Estimate.Estimate.Time),
                context.MethodLabel(r.Estimate.Estimate.MethodId),
                context.Numbers.Value(r.Estimate.Estimate.Measure, r.Estimate.Estimate.Value, 1),
                context.Numbers.Interval(r.Estimate.Estimate, 1),
                context.Numbers.Value(r.Estimate.Estimate.Measure, r.Comparison.Truth, 1),
                context.Numbers.Value(r.Estimate.Estimate.Measure, r.Comparison.Difference, 1),
                r.Comparison.IntervalCovers ? "yes" : "no",
            ]),
            row => rows[row].Estimate.Primary);
}
