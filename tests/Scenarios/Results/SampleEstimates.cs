using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Results;

/// <summary>Estimates of the sample: hazard ratios near those of the truths file, the rest plausible.</summary>
internal static class SampleEstimates
{
    public static IReadOnlyList<EstimateResult> Create() =>
    [
        .. Rows("att-weights", true, (0.690, 0.536, 0.889), (205, 72, 338), (0.132, 0.048, 0.216)),
        .. Rows("entropy-balancing", false, (0.708, 0.549, 0.914), (187, 55, 319), (0.121, 0.037, 0.205)),
        .. Rows("overlap-weights", false, (0.675, 0.527, 0.866), (214, 88, 340), (0.138, 0.058, 0.218)),
        .. Rows("matching", false, (0.731, 0.541, 0.989), (176, 21, 331), (0.110, 0.013, 0.207)),
        .. Rows("twin", false, (0.702, 0.560, 0.880), (191, 80, 302), (0.118, 0.045, 0.191)),
        .. Rows("unadjusted", false, (0.649, 0.523, 0.804), (236, 121, 351), (0.155, 0.083, 0.227)),
    ];

    public static IReadOnlyList<EffectEstimate> Truths() =>
        [.. Rows("revealed", false, (0.695, 0.544, 0.888), (149, 53, 245), (0.144, 0.056, 0.232)).Select(e => e.Estimate)];

    private static IEnumerable<EstimateResult> Rows(
        string method, bool primary, (double Value, double Lower, double Upper) ratio, (double Value, double Lower, double Upper) mean, (double Value, double Lower, double Upper) survival)
    {
        var error = Math.Log(ratio.Upper / ratio.Lower) / (2 * 1.959964);
        yield return Row(method, SummaryMeasure.HazardRatio, null, ratio, error, "robust", primary, new EValueResult(1.9 + ratio.Value - 0.69, 1.35));
        yield return Row(method, SummaryMeasure.RmstDifference, SampleRun.Horizon, mean, (mean.Upper - mean.Lower) / 3.919928, "BCa", false, null);
        yield return Row(method, SummaryMeasure.SurvivalDifference, SampleRun.Horizon, survival, (survival.Upper - survival.Lower) / 3.919928, "percentile", false, null);
    }

    private static EstimateResult Row(
        string method, SummaryMeasure measure, Duration? time, (double Value, double Lower, double Upper) figures, double error, string kind, bool primary, EValueResult? eValue) => new(
        EstimateResult.IdOf(method, measure, time),
        primary,
        method == "overlap-weights" ? EstimandPopulation.Ato : EstimandPopulation.Att,
        new EffectEstimate(method, measure, time, figures.Value, error, new EffectInterval(figures.Lower, figures.Upper, 0.95, kind)),
        eValue);
}
