using DigitalTwin.Scenarios.Reports.Plots;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>Is the control arm credible: balance, overlap, weights, effective sample size.</summary>
internal static class ControlArmSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        if (context.Result.ControlArms.Count == 0)
        {
            return;
        }

        page.Section("control-arm", "Is the control arm credible?");
        if (context.PrimaryArm is { } primary)
        {
            WritePrimary(page, context, primary);
        }

        WriteMethods(page, context);
        foreach (var arm in context.Result.ControlArms.Where(a => a.Balance.Count > 0))
        {
            page.Details($"Balance in numbers: {arm.Label}", () => WriteBalance(page, context, arm));
        }

        page.EndSection();
    }

    private static void WritePrimary(ReportPage page, ReportContext context, ControlArmResult arm)
    {
        page.Paragraph(arm.Description);
        if (arm.Balance.Count > 0)
        {
            var rows = arm.Balance.OrderByDescending(r => double.IsFinite(r.SmdBefore) ? Math.Abs(r.SmdBefore) : 0)
                .Select(r => new LoveRow(context.CovariateLabel(r), r.SmdBefore, r.SmdAfter)).ToArray();
            page.Figure([new LovePlot("love", rows).Draw()], $"Balance between the arms before and after {ReportContext.InSentence(arm.Label)}. A difference below 0.1 is taken as negligible [Austin 2009].");
        }

        if (arm.Overlap is { } overlap)
        {
            page.Figure(
                [new OverlapPlot("overlap", overlap, context.Treated.Label, context.Control.Label).Draw()],
                "Propensity scores. Where treated subjects have no control subjects below them, the control arm says nothing about them.");
        }

        foreach (var weights in arm.Weights.Where(w => w.Maximum > w.Minimum))
        {
            page.Figure([Weights(context, weights)], WeightsCaption(weights));
        }
    }

    private static string Weights(ReportContext context, WeightSummary weights)
    {
        var label = weights.Arm == ArmRole.Treated ? context.Treated.Label : context.Control.Label;
        return new HistogramPlot(
            $"weights-{ResultNames.Of(weights.Arm)}",
            $"Weights, {label}",
            WeightsCaption(weights),
            weights.Histogram,
            $"Weight of a subject, {label}",
            "Subjects",
            _ => weights.Arm == ArmRole.Treated ? "treated" : "control",
            [new PlotMark(weights.Sum / weights.Count, $"mean {ReportNumbers.Fixed(weights.Sum / weights.Count, 2)}", "truth")],
            ReportNumbers.Short).Draw();
    }

    private static string WeightsCaption(WeightSummary weights) =>
        $"Weights of the {ReportNumbers.Count(weights.Count)} subjects with a positive weight: {ReportNumbers.Fixed(weights.Minimum, 3)} to {ReportNumbers.Fixed(weights.Maximum, 2)}, "
        + $"median {ReportNumbers.Fixed(weights.Quantiles.First(q => q.Probability == 0.5).Value, 3)}; the heaviest 1\u00A0% carry {ReportNumbers.Percent(weights.ShareOfTopOnePercent)} of the total.";

    private static void WriteMethods(ReportPage page, ReportContext context)
    {
        var arms = context.Result.ControlArms.OrderByDescending(a => a.Primary).ToArray();
        page.Table(
            "Control arms by method. ESS: effective sample size; SMD: standardized mean difference.",
            ["Method", "Source", "#Treated", "#Control", "#ESS treated", "#ESS control", "#Largest SMD", "#Above 0.1", "#Largest weight"],
            arms.Select(a => (string[])[
                a.Label,
                ResultNames.Of(a.Kind),
                ReportNumbers.Count(a.TreatedCount),
                ReportNumbers.Count(a.ControlCount),
                ReportNumbers.Fixed(a.EssTreated, 1),
                ReportNumbers.Fixed(a.EssControl, 1),
                a.Balance.Count == 0 ? "–" : ReportNumbers.Fixed(a.Balance.Max(r => Math.Abs(r.SmdAfter)), 3),
                a.Balance.Count == 0 ? "–" : $"{a.Balance.Count(r => Math.Abs(r.SmdAfter) > DoubtsText.BalanceLimit)} of {a.Balance.Count}",
                a.Weights.FirstOrDefault(w => w.Arm == ArmRole.Control) is { } w ? ReportNumbers.Fixed(w.Maximum, 2) : "–",
            ]),
            row => arms[row].Primary);
    }

    private static void WriteBalance(ReportPage page, ReportContext context, ControlArmResult arm) => page.Table(
        $"Covariates before and after, {arm.Label}. KS: Kolmogorov-Smirnov statistic.",
        ["Covariate", "#Treated", "#Control before", "#Control after", "#SMD before", "#SMD after", "#Variance ratio before", "#Variance ratio after", "#KS before", "#KS after"],
        arm.Balance.Select(r => (string[])[
            context.CovariateLabel(r),
            Mean(r.Level, r.MeanTreated),
            Mean(r.Level, r.MeanControlBefore),
            Mean(r.Level, r.MeanControlAfter),
            ReportNumbers.Fixed(r.SmdBefore, 3),
            ReportNumbers.Fixed(r.SmdAfter, 3),
            r.VarianceRatioBefore is { } before ? ReportNumbers.Fixed(before, 2) : "–",
            r.VarianceRatioAfter is { } after ? ReportNumbers.Fixed(after, 2) : "–",
            ReportNumbers.Fixed(r.KsBefore, 3),
            ReportNumbers.Fixed(r.KsAfter, 3),
        ]));

    private static string Mean(string? level, double mean) => level is null ? ReportNumbers.Fixed(mean, 2) : ReportNumbers.Percent(mean);
}
