namespace DigitalTwin.Vocabulary;

/// <summary>A two-sided interval.</summary>
/// <param name="Lower">Lower limit, on the scale of the estimate.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="Level">Confidence level as a fraction, e.g. 0.95.</param>
/// <param name="Kind">How it was made: "robust", "percentile", "BCa", "Greenwood" ...</param>
public readonly record struct EffectInterval(double Lower, double Upper, double Level, string Kind);

/// <summary>An estimate of one summary measure by one method.</summary>
/// <param name="MethodId">The scenario's name of the method.</param>
/// <param name="Measure">What is estimated.</param>
/// <param name="Time">Time or horizon the measure belongs to, or null.</param>
/// <param name="Value">The estimate on its natural scale (ratios as ratios, RMST in days).</param>
/// <param name="StandardError">Standard error; of the logarithm for ratios.</param>
/// <param name="Interval">The interval reported.</param>
public sealed record EffectEstimate(
    string MethodId, SummaryMeasure Measure, Duration? Time, double Value, double StandardError, EffectInterval Interval)
{
    /// <summary>True for hazard and odds ratios, whose standard error is that of the logarithm.</summary>
    public static bool IsRatio(SummaryMeasure measure) => measure is SummaryMeasure.HazardRatio or SummaryMeasure.OddsRatio;
}
