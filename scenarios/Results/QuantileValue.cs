using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Scenarios.Results;

/// <param name="Probability">Between 0 and 1.</param>
/// <param name="Value">Quantile at that probability.</param>
public sealed record QuantileValue(double Probability, double Value)
{
    /// <summary>Quantiles by linear interpolation of the order statistics, R's type 7. Source: [HyndmanFan1996].</summary>
    /// <param name="sorted">Ascending, at least one number.</param>
    /// <param name="probabilities">Each between 0 and 1.</param>
    /// <exception cref="ArgumentException">There is no number.</exception>
    public static IReadOnlyList<QuantileValue> Of(double[] sorted, double[] probabilities)
    {
        ArgumentNullException.ThrowIfNull(sorted);
        ArgumentNullException.ThrowIfNull(probabilities);
        if (sorted.Length == 0)
        {
            throw new ArgumentException("Quantiles need at least one number.", nameof(sorted));
        }

        return [.. probabilities.Select(p => new QuantileValue(p, SampleQuantile.OfSorted(sorted, p)))];
    }
}
