namespace DigitalTwin.Scenarios.Results;

/// <summary>Numbers counted into bins of equal width.</summary>
/// <param name="Edges">Shape [bins + 1], ascending.</param>
/// <param name="Counts">Shape [bins]; a bin holds its left edge, the last one its right edge too.</param>
public sealed record Histogram(double[] Edges, double[] Counts)
{
    /// <summary>Counts values into bins of equal width.</summary>
    /// <param name="values">Finite numbers; those outside the limits are counted into the outer bins.</param>
    /// <param name="minimum">Left edge of the first bin.</param>
    /// <param name="maximum">Right edge of the last bin; a range of no width is widened by one half on each side.</param>
    /// <param name="binCount">Number of bins, at least 1.</param>
    /// <param name="weights">Weight of each value, shape [values], or empty for one each.</param>
    /// <exception cref="ArgumentException">No bins, limits that are not finite or not in order, or weights of another length.</exception>
    public static Histogram Of(ReadOnlySpan<double> values, double minimum, double maximum, int binCount, ReadOnlySpan<double> weights = default)
    {
        if (binCount < 1 || !double.IsFinite(minimum) || !double.IsFinite(maximum) || maximum < minimum)
        {
            throw new ArgumentException($"A histogram needs at least one bin between finite limits in order, not {binCount} in [{minimum}, {maximum}].");
        }

        if (!weights.IsEmpty && weights.Length != values.Length)
        {
            throw new ArgumentException($"{weights.Length} weights do not match {values.Length} values.", nameof(weights));
        }

        (minimum, maximum) = maximum > minimum ? (minimum, maximum) : (minimum - 0.5, maximum + 0.5);
        var width = (maximum - minimum) / binCount;
        var counts = new double[binCount];
        for (var i = 0; i < values.Length; i++)
        {
            var bin = Math.Clamp((int)Math.Floor((values[i] - minimum) / width), 0, binCount - 1);
            counts[bin] += weights.IsEmpty ? 1 : weights[i];
        }

        return new Histogram([.. Enumerable.Range(0, binCount + 1).Select(i => i == binCount ? maximum : minimum + (i * width))], counts);
    }
}
