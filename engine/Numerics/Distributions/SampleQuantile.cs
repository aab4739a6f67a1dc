namespace DigitalTwin.Numerics.Distributions;

/// <summary>Quantiles of a sample by linear interpolation of its order statistics.</summary>
/// <remarks>Source: [HyndmanFan1996] type 7, the default of R's <c>quantile</c>.</remarks>
public static class SampleQuantile
{
    /// <param name="sorted">Ascending, at least one number.</param>
    /// <param name="probability">Between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is no number, or the probability is not between 0 and 1.</exception>
    public static double OfSorted(ReadOnlySpan<double> sorted, double probability)
    {
        if (sorted.IsEmpty || !(probability >= 0 && probability <= 1))
        {
            throw new ArgumentException($"A quantile needs at least one number and a probability between 0 and 1, not {sorted.Length} and {probability}.");
        }

        var position = probability * (sorted.Length - 1);
        var below = (int)Math.Floor(position);
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((position - below) * (sorted[above] - sorted[below]));
    }
}
