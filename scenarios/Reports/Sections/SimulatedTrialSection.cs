using DigitalTwin.Scenarios.Reports.Plots;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>The predictive distribution of the trial's estimate and the probability of success.</summary>
internal static class SimulatedTrialSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        if (context.Result.SimulatedTrial is not { } trial)
        {
            return;
        }

        page.Section("simulated-trial", "The trial, simulated from its twins");
        page.Paragraph(
            $"Probability of success {ReportNumbers.Percent(trial.SuccessProbability)} (Monte Carlo standard error {ReportNumbers.Percent(trial.SuccessMonteCarloError)}), where success means: {trial.SuccessText}.", "verdict");
        page.Paragraph(trial.Description);
        page.Figure([Plot(context, trial)], Caption(context, trial));
        page.Table(
            "Predictive quantiles of the estimate.",
            ["Measure", .. trial.Quantiles.Select(q => "#" + ReportNumbers.Level(q.Probability)), "#Mean", "#SD"],
            [[
                context.Numbers.Name(trial.Measure, trial.Time),
                .. trial.Quantiles.Select(q => context.Numbers.Value(trial.Measure, q.Value, 1)),
                context.Numbers.Value(trial.Measure, trial.Mean, 1),
                context.Numbers.Value(trial.Measure, trial.StandardDeviation, 1),
            ]]);
        page.EndSection();
    }

    private static string Plot(ReportContext context, SimulatedTrialResult trial)
    {
        var median = trial.Quantiles.FirstOrDefault(q => q.Probability == 0.5);
        var marks = new List<PlotMark>();
        if (trial.SuccessThreshold is { } threshold)
        {
            marks.Add(new PlotMark(threshold, $"success threshold {context.Numbers.Value(trial.Measure, threshold)}", "truth"));
        }

        if (median is not null)
        {
            marks.Add(new PlotMark(median.Value, $"median {context.Numbers.Value(trial.Measure, median.Value)}", "noeffect"));
        }

        return new HistogramPlot(
            "predictive",
            "Predictive distribution of the estimate",
            Caption(context, trial),
            trial.Histogram,
            context.Numbers.Name(trial.Measure, trial.Time) + " of a simulated trial" + Unit(context, trial.Measure),
            "Simulated trials",
            value => Succeeds(context, trial, value) ? "primary" : "unclear",
            marks,
            value => Label(context, trial.Measure, value)).Draw();
    }

    private static string Unit(ReportContext context, SummaryMeasure measure)
    {
        var unit = context.Numbers.UnitOf(measure).Trim();
        return unit.Length == 0 ? string.Empty : $", {unit}";
    }

    private static string Label(ReportContext context, SummaryMeasure measure, double value) => measure switch
    {
        SummaryMeasure.SurvivalDifference or SummaryMeasure.RiskDifference => ReportNumbers.Short(Math.Round(100 * value, 6)),
        SummaryMeasure.RmstDifference => context.Numbers.Value(measure, value),
        _ => ReportNumbers.Short(value),
    };

    /// <summary>Without a threshold on the estimate itself, all bars are of one colour.</summary>
    private static bool Succeeds(ReportContext context, SimulatedTrialResult trial, double value) =>
        trial.SuccessThreshold is not { } threshold || (context.SmallerIsBetter(trial.Measure) ? value <= threshold : value >= threshold);

    private static string Caption(ReportContext context, SimulatedTrialResult trial)
    {
        var (low, high) = (trial.Quantiles[0], trial.Quantiles[^1]);
        var failed = trial.FailedCount == 0 ? string.Empty : $" {ReportNumbers.Count(trial.FailedCount)} further trials gave no estimate.";
        return $"{context.Numbers.Name(trial.Measure, trial.Time)} in {ReportNumbers.Count(trial.ReplicateCount)} simulated trials; from the {ReportNumbers.Level(low.Probability)} to the {ReportNumbers.Level(high.Probability)} quantile: "
            + $"{context.Numbers.Value(trial.Measure, low.Value)} to {context.Numbers.Value(trial.Measure, high.Value)}.{(trial.SuccessThreshold is null ? string.Empty : " Dark bars lie on the side of success.")}{failed}";
    }
}
