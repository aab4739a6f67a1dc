using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Numerics.Resampling;

/// <summary>Confidence intervals from bootstrap replicates of one statistic. Replicates that are NaN are left out.</summary>
/// <remarks>Source: [Davison1997] sections 5.2 to 5.4. Agrees with R <c>boot::boot.ci</c>: order statistics at (R + 1) times the level,
/// interpolated on the normal quantile scale.</remarks>
public static class BootstrapInterval
{
    /// <summary>The percentile interval.</summary>
    /// <param name="replicates">Shape [replicates]; at least 20 finite.</param>
    /// <param name="level">In (0, 1), e.g. 0.95.</param>
    /// <exception cref="ArgumentException">Too few finite replicates, or the level is out of range.</exception>
    public static (double Lower, double Upper) Percentile(ReadOnlySpan<double> replicates, double level)
    {
        var sorted = SortedFinite(replicates, level);
        return (OrderStatistic(sorted, (1 - level) / 2), OrderStatistic(sorted, (1 + level) / 2));
    }

    /// <summary>The bias-corrected and accelerated interval.</summary>
    /// <param name="replicates">Shape [replicates]; at least 20 finite.</param>
    /// <param name="estimate">The statistic on the sample itself.</param>
    /// <param name="jackknife">The statistic with each subject left out, shape [subjects].</param>
    /// <param name="strata">Stratum of each subject, shape [subjects], 0 .. k-1: influence is taken within strata.</param>
    /// <param name="level">In (0, 1), e.g. 0.95.</param>
    /// <exception cref="ArgumentException">Too few finite replicates, the level is out of range, or every replicate lies on one side of the
    /// estimate.</exception>
    /// <remarks>Source: [Efron1987]; acceleration by the jackknife, [Davison1997] equation 5.24 and section 3.2.1 for strata.</remarks>
    public static (double Lower, double Upper) BiasCorrectedAccelerated(
        ReadOnlySpan<double> replicates, double estimate, ReadOnlySpan<double> jackknife, ReadOnlySpan<int> strata, double level)
    {
        var sorted = SortedFinite(replicates, level);
        var below = (double)sorted.Count(v => v < estimate) / sorted.Length;
        if (below is 0 or 1)
        {
            throw new ArgumentException($"Every replicate lies on one side of the estimate {estimate}: no bias correction exists.", nameof(replicates));
        }

        var bias = Normal.Quantile(below);
        var acceleration = Acceleration(jackknife, strata);
        return (Limit((1 - level) / 2), Limit((1 + level) / 2));

        double Limit(double probability)
        {
            var z = bias + Normal.Quantile(probability);
            return OrderStatistic(sorted, Normal.Cdf(bias + (z / (1 - (acceleration * z)))));
        }
    }

    /// <summary>One sixth of the skewness of the jackknife influence values.</summary>
    /// <param name="jackknife">The statistic with each subject left out, shape [subjects].</param>
    /// <param name="strata">Stratum of each subject, shape [subjects], 0 .. k-1.</param>
    public static double Acceleration(ReadOnlySpan<double> jackknife, ReadOnlySpan<int> strata)
    {
        var stratumCount = 0;
        foreach (var stratum in strata)
        {
            stratumCount = Math.Max(stratumCount, stratum + 1);
        }

        var sums = new double[stratumCount];
        var counts = new int[stratumCount];
        for (var i = 0; i < jackknife.Length; i++)
        {
            sums[strata[i]] += jackknife[i];
            counts[strata[i]]++;
        }

        double squares = 0;
        double cubes = 0;
        for (var i = 0; i < jackknife.Length; i++)
        {
            var count = counts[strata[i]];
            var influence = (count - 1.0) * ((sums[strata[i]] / count) - jackknife[i]) / count;
            squares += influence * influence;
            cubes += influence * influence * influence;
        }

        return squares == 0 ? 0 : cubes / (6 * Math.Pow(squares, 1.5));
    }

    private static double OrderStatistic(double[] sorted, double probability)
    {
        var position = (sorted.Length + 1) * probability;
        var below = (int)position;
        if (below < 1)
        {
            return sorted[0];
        }

        if (below >= sorted.Length)
        {
            return sorted[^1];
        }

        if (position == below)
        {
            return sorted[below - 1];
        }

        var zBelow = Normal.Quantile((double)below / (sorted.Length + 1));
        var zAbove = Normal.Quantile((below + 1.0) / (sorted.Length + 1));
        var share = (Normal.Quantile(probability) - zBelow) / (zAbove - zBelow);
        return sorted[below - 1] + (share * (sorted[below] - sorted[below - 1]));
    }

    private static double[] SortedFinite(ReadOnlySpan<double> replicates, double level)
    {
        if (!(level > 0 && level < 1))
        {
            throw new ArgumentException($"The confidence level is {level}; it must lie in (0, 1).", nameof(level));
        }

        var finite = new List<double>(replicates.Length);
        foreach (var value in replicates)
        {
            if (double.IsFinite(value))
            {
                finite.Add(value);
            }
        }

        if (finite.Count < 20)
        {
            throw new ArgumentException($"{finite.Count} finite replicates are too few for an interval.", nameof(replicates));
        }

        finite.Sort();
        return [.. finite];
    }
}
