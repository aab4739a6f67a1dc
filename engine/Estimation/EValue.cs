using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>How strong an unmeasured confounder would have to be, as a risk ratio with both treatment and outcome, to explain an effect away.</summary>
/// <param name="Estimate">For the point estimate.</param>
/// <param name="IntervalLimit">For the limit of the interval nearest to no effect; 1 where the interval holds it.</param>
public sealed record EValueResult(double Estimate, double IntervalLimit);

/// <summary>The E-value.</summary>
/// <remarks>Source: [VanderWeele2017]; conversion of hazard and odds ratios of common outcomes by their table 2.</remarks>
public static class EValue
{
    /// <summary>E-value of a risk ratio: RR + root(RR (RR - 1)), with RR inverted below 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The ratio is not positive and finite.</exception>
    public static double OfRiskRatio(double riskRatio)
    {
        if (!(riskRatio > 0) || !double.IsFinite(riskRatio))
        {
            throw new ArgumentOutOfRangeException(nameof(riskRatio), riskRatio, "A risk ratio is positive and finite.");
        }

        var ratio = riskRatio < 1 ? 1 / riskRatio : riskRatio;
        return ratio + Math.Sqrt(ratio * (ratio - 1));
    }

    /// <summary>E-value of a hazard ratio or odds ratio and its interval.</summary>
    /// <param name="estimate">An estimate of a ratio.</param>
    /// <param name="outcomeIsCommon">True where more than 15 % have the outcome by the end: the ratio is then first turned into an approximate
    /// risk ratio.</param>
    /// <exception cref="ArgumentException">The measure is no ratio.</exception>
    public static EValueResult Of(EffectEstimate estimate, bool outcomeIsCommon)
    {
        ArgumentNullException.ThrowIfNull(estimate);
        Func<double, double> toRiskRatio = (estimate.Measure, outcomeIsCommon) switch
        {
            (SummaryMeasure.HazardRatio, true) => FromCommonHazardRatio,
            (SummaryMeasure.OddsRatio, true) => Math.Sqrt,
            (SummaryMeasure.HazardRatio or SummaryMeasure.OddsRatio, false) => ratio => ratio,
            _ => throw new ArgumentException($"An E-value needs a ratio, not a {estimate.Measure}.", nameof(estimate)),
        };
        var nearest = estimate.Value < 1 ? estimate.Interval.Upper : estimate.Interval.Lower;
        var holdsOne = estimate.Interval.Lower <= 1 && estimate.Interval.Upper >= 1;
        return new EValueResult(OfRiskRatio(toRiskRatio(estimate.Value)), holdsOne ? 1 : OfRiskRatio(toRiskRatio(nearest)));
    }

    private static double FromCommonHazardRatio(double hazardRatio) =>
        (1 - Math.Pow(0.5, Math.Sqrt(hazardRatio))) / (1 - Math.Pow(0.5, Math.Sqrt(1 / hazardRatio)));
}
