namespace DigitalTwin.Numerics.Survival;

/// <summary>A survival curve: right-continuous steps, 1 before the first time. Every array has shape [times].</summary>
public sealed record SurvivalCurve
{
    // A curve that should stand at a level misses it by rounding only.
    private const double FlatTolerance = 1.4901161193847656e-8;

    /// <summary>Distinct times of follow-up, ascending.</summary>
    public required double[] Times { get; init; }

    /// <summary>Weight at risk just before each time.</summary>
    public required double[] AtRisk { get; init; }

    /// <summary>Weight with the event at each time.</summary>
    public required double[] Events { get; init; }

    /// <summary>Weight censored at each time.</summary>
    public required double[] Censored { get; init; }

    /// <summary>Probability of no event by each time, that time included.</summary>
    public required double[] Survival { get; init; }

    /// <summary>Standard error of <see cref="Survival"/>; NaN where the curve is zero.</summary>
    public required double[] StandardErrors { get; init; }

    /// <summary>Lower pointwise bound.</summary>
    public required double[] Lower { get; init; }

    /// <summary>Upper pointwise bound.</summary>
    public required double[] Upper { get; init; }

    /// <summary>Confidence level of the bounds.</summary>
    public required double Level { get; init; }

    /// <summary>The curve at one time; past the last time of follow-up the last step stands.</summary>
    public SurvivalPoint At(double time)
    {
        var index = Array.BinarySearch(Times, time);
        var step = index >= 0 ? index : ~index - 1;
        return step < 0
            ? new SurvivalPoint(time, 1, 0, 1, 1, AtRiskAt(time))
            : new SurvivalPoint(time, Survival[step], StandardErrors[step], Lower[step], Upper[step], AtRiskAt(time));
    }

    /// <summary>Weight followed at least up to a time.</summary>
    public double AtRiskAt(double time)
    {
        var index = Array.BinarySearch(Times, time);
        var next = index >= 0 ? index : ~index;
        return next < Times.Length ? AtRisk[next] : 0;
    }

    /// <summary>Time with half of the weight still free of the event.</summary>
    public QuantileEstimate Median => Quantile(0.5);

    /// <summary>Time by which a fraction has had the event, with the interval that the pointwise bounds give;
    /// where the curve stands level at the fraction, the middle of the level stretch, as R's quantile.survfit.</summary>
    /// <param name="fraction">Between 0 and 1.</param>
    /// <returns>NaN for a bound or a value the curve does not reach.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is not between 0 and 1.</exception>
    public QuantileEstimate Quantile(double fraction)
    {
        if (!(fraction > 0 && fraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(fraction), fraction, "A quantile must lie between 0 and 1.");
        }

        return new QuantileEstimate(
            FirstTimeBelow(Survival, 1 - fraction), FirstTimeBelow(Lower, 1 - fraction), FirstTimeBelow(Upper, 1 - fraction));
    }

    private double FirstTimeBelow(double[] curve, double level)
    {
        var reached = FirstIndex(curve, level + FlatTolerance);
        if (reached < 0)
        {
            return double.NaN;
        }

        var passed = FirstIndex(curve, level - FlatTolerance);
        return passed >= 0
            ? (Times[reached] + Times[passed]) / 2
            : Math.Abs(curve[reached] - level) < FlatTolerance ? (Times[reached] + Times[^1]) / 2 : double.NaN;
    }

    private static int FirstIndex(double[] curve, double level)
    {
        for (var t = 0; t < curve.Length; t++)
        {
            if (curve[t] <= level)
            {
                return t;
            }
        }

        return -1;
    }
}

/// <summary>A survival curve at one time.</summary>
/// <param name="Time">In the unit of the curve.</param>
/// <param name="Survival">Probability of no event by the time.</param>
/// <param name="StandardError">Standard error of <paramref name="Survival"/>.</param>
/// <param name="Lower">Lower bound.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="AtRisk">Weight followed at least up to the time.</param>
public sealed record SurvivalPoint(double Time, double Survival, double StandardError, double Lower, double Upper, double AtRisk);

/// <summary>A quantile of the event time in the unit of the curve; NaN where the curve does not reach it.</summary>
/// <param name="Value">Estimate.</param>
/// <param name="Lower">Where the lower bound of the curve reaches the quantile.</param>
/// <param name="Upper">Where the upper bound of the curve reaches the quantile.</param>
public sealed record QuantileEstimate(double Value, double Lower, double Upper);
