namespace DigitalTwin.Numerics.Weighting;

/// <summary>How many equally weighted subjects a weighted sample is worth.</summary>
public static class EffectiveSampleSize
{
    /// <summary>(sum w)^2 / sum w^2 over the chosen arm; 0 when every weight is 0.</summary>
    /// <param name="weights">Shape [subjects], finite, not negative.</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="arm">Which arm counts: true for treated.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Source: [Kish1965].</remarks>
    public static double Of(ReadOnlySpan<double> weights, ReadOnlySpan<bool> treated, bool arm)
    {
        if (weights.Length != treated.Length)
        {
            throw new ArgumentException($"{weights.Length} weights for {treated.Length} subjects.", nameof(weights));
        }

        double sum = 0;
        double squares = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (treated[i] == arm)
            {
                sum += weights[i];
                squares += weights[i] * weights[i];
            }
        }

        return squares == 0 ? 0 : sum * sum / squares;
    }
}
