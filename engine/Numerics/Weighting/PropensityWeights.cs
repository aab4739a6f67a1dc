namespace DigitalTwin.Numerics.Weighting;

/// <summary>Weights from propensity scores.</summary>
public static class PropensityWeights
{
    /// <summary>Balancing weights of every subject.</summary>
    /// <param name="propensityScores">Shape [subjects], in (0, 1).</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="target">Population the weights lead to.</param>
    /// <param name="weights">Receives the weights, shape [subjects].</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Source: [Li2018] table 1. The scores should have no 0 and no 1 in the arm where they divide.</remarks>
    public static void Fill(ReadOnlySpan<double> propensityScores, ReadOnlySpan<bool> treated, TargetPopulation target, Span<double> weights)
    {
        if (propensityScores.Length != treated.Length || weights.Length != treated.Length)
        {
            throw new ArgumentException($"{propensityScores.Length} scores and {weights.Length} weights for {treated.Length} subjects.");
        }

        for (var i = 0; i < weights.Length; i++)
        {
            var score = propensityScores[i];
            var received = treated[i] ? score : 1 - score;
            weights[i] = Tilt(score, target) / received;
            if (target == TargetPopulation.Treated && treated[i])
            {
                weights[i] = 1;
            }
        }
    }

    /// <summary>Multiplies each arm's weights so that they sum to the size of the arm (stabilised weights [Robins2000], normalised).</summary>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="weights">Shape [subjects]; changed in place.</param>
    /// <param name="counts">How often each subject stands in the sample, shape [subjects]; empty = once.</param>
    public static void Stabilise(ReadOnlySpan<bool> treated, Span<double> weights, ReadOnlySpan<double> counts = default)
    {
        Span<double> sums = stackalloc double[2];
        Span<double> sizes = stackalloc double[2];
        for (var i = 0; i < weights.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            var count = counts.IsEmpty ? 1 : counts[i];
            sums[arm] += count * weights[i];
            sizes[arm] += count;
        }

        for (var i = 0; i < weights.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            weights[i] *= sums[arm] == 0 ? 1 : sizes[arm] / sums[arm];
        }
    }

    /// <summary>Lowers every weight above a quantile of its arm to that quantile.</summary>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="quantile">In (0.5, 1], e.g. 0.99.</param>
    /// <param name="weights">Shape [subjects]; changed in place.</param>
    /// <param name="counts">How often each subject stands in the sample, shape [subjects]; empty = once.</param>
    /// <returns>Number of weights lowered.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The quantile is outside (0.5, 1].</exception>
    /// <remarks>Source: [Cole2008]; quantile type 7 of R.</remarks>
    public static int Truncate(ReadOnlySpan<bool> treated, double quantile, Span<double> weights, ReadOnlySpan<double> counts = default)
    {
        if (!(quantile > 0.5 && quantile <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(quantile), quantile, "The quantile of truncation lies in (0.5, 1].");
        }

        var lowered = 0;
        foreach (var arm in (ReadOnlySpan<bool>)[false, true])
        {
            var limit = Quantile(treated, arm, quantile, weights, counts);
            for (var i = 0; i < weights.Length; i++)
            {
                if (treated[i] == arm && weights[i] > limit)
                {
                    weights[i] = limit;
                    lowered++;
                }
            }
        }

        return lowered;
    }

    private static double Quantile(
        ReadOnlySpan<bool> treated, bool arm, double quantile, ReadOnlySpan<double> weights, ReadOnlySpan<double> counts)
    {
        var sorted = new List<double>();
        for (var i = 0; i < weights.Length; i++)
        {
            var copies = treated[i] != arm ? 0 : counts.IsEmpty ? 1 : (int)counts[i];
            for (var copy = 0; copy < copies; copy++)
            {
                sorted.Add(weights[i]);
            }
        }

        if (sorted.Count == 0)
        {
            return double.PositiveInfinity;
        }

        sorted.Sort();
        var position = quantile * (sorted.Count - 1);
        var below = (int)position;
        var above = Math.Min(below + 1, sorted.Count - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }

    private static double Tilt(double score, TargetPopulation target) => target switch
    {
        TargetPopulation.Treated => score,
        TargetPopulation.Overlap => score * (1 - score),
        TargetPopulation.Combined => 1,
        TargetPopulation.Matched => Math.Min(score, 1 - score),
        _ => throw new ArgumentOutOfRangeException(nameof(target), target, "Unknown target population."),
    };
}
