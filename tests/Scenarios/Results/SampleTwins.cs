using DigitalTwin.Models;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Results;

/// <summary>Twin model, simulated trial and response of the sample.</summary>
internal static class SampleTwins
{
    public static TwinModelResult Model() => new(
        "cox-spline-ensemble",
        "A ridge-regularised Cox model with natural splines of age, nodes and receptors, cross-fitted in 5 folds and ensembled over 50 bootstrap samples.",
        SampleRun.Hash('e'), 1453, 50, 5, ["age", "meno", "size", "grade", "nodes", "pgr", "er"],
        [Validation("hormone", 246, 94, 0.668, 0.93), Validation("external", 1207, 688, 0.674, 1.02)],
        ["Harrell FE. Regression Modeling Strategies. 2nd ed. Springer 2015.", "Graf E et al. Assessment and comparison of prognostic classification schemes for survival data. Stat Med 1999;18:2529-45."]);

    public static SimulatedTrialResult Trial()
    {
        var values = SampleRun.Normals(77, 1000, -0.36, 0.13).Select(Math.Exp).Order().ToArray();
        var success = values.Count(v => v <= 0.8) / 1000.0;
        return new SimulatedTrialResult(
            1000, 0, SummaryMeasure.HazardRatio, null,
            "Each replicate draws event times for 246 treated twins and as many control twins, accrual over 2 years, 3 % dropout a year, and closes after 7 years.",
            values.Average(), 0.09, QuantileValue.Of(values, [0.05, 0.25, 0.5, 0.75, 0.95]), Histogram.Of(values, 0.4, 1.1, 35),
            "the estimated hazard ratio is at most 0.80", 0.8, success, Math.Sqrt(success * (1 - success) / 1000));
    }

    public static SubjectResponseResult Response()
    {
        var differences = SampleRun.Normals(5, 246, 0.09, 0.05);
        var widths = SampleRun.Uniforms(8).Take(246).Select(u => 0.04 + (0.09 * u)).ToArray();
        return new SubjectResponseResult("probability of living free of recurrence", "1", SampleRun.Horizon, true, 0.9, [.. differences.Select((d, i) => new SubjectResponse(
            new SubjectId($"{1000 + i}"), 0.55 + d, 0.55, d, d - widths[i], d + widths[i], Math.Clamp(0.5 + (4 * d), 0.01, 0.99), SubjectResponse.Classify(d - widths[i], d + widths[i], true)))]);
    }

    private static TwinArmValidation Validation(string arm, int count, int events, double concordance, double slope) => new(
        new ArmId(arm), count, events, concordance, 0.02, slope, 0.11, 0.03, 0.08,
        [new ValidationAtTime(Duration.From(2, TimeUnit.Year), 0.71, 0.156, 0.171), new ValidationAtTime(SampleRun.Horizon, 0.69, 0.214, 0.243)],
        null,
        [.. Enumerable.Range(1, 8).Select(i => new CalibrationPoint(0.15 + (0.08 * i), 0.13 + (0.082 * i), 0.05 + (0.082 * i), 0.21 + (0.082 * i), count / 8))]);
}
