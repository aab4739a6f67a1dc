using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Turns an estimate on its own scale of inference (the logarithm for ratios) into an effect estimate with a normal interval.</summary>
internal static class WaldInterval
{
    /// <param name="methodId">The scenario's name of the method.</param>
    /// <param name="request">What was asked.</param>
    /// <param name="time">Time the measure belongs to, or null.</param>
    /// <param name="value">Estimate; logarithm for ratios.</param>
    /// <param name="standardError">On the same scale.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="kind">How the standard error was made.</param>
    public static EffectEstimate Estimate(
        string methodId, MeasureRequest request, Duration? time, double value, double standardError, double level, string kind)
    {
        var reach = Normal.Quantile((1 + level) / 2) * standardError;
        return new EffectEstimate(
            methodId,
            request.Measure,
            time,
            ToNaturalScale(request.Measure, value),
            standardError,
            new EffectInterval(
                ToNaturalScale(request.Measure, value - reach), ToNaturalScale(request.Measure, value + reach), level, kind));
    }

    /// <summary>A ratio from its logarithm; other measures as they are.</summary>
    public static double ToNaturalScale(SummaryMeasure measure, double value) => EffectEstimate.IsRatio(measure) ? Math.Exp(value) : value;
}
