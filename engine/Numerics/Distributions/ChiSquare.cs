using MathNet.Numerics;

namespace DigitalTwin.Numerics.Distributions;

/// <summary>The chi-square distribution.</summary>
public static class ChiSquare
{
    /// <summary>Probability that a chi-square variable exceeds <paramref name="value"/> (the p-value of a test statistic).</summary>
    /// <param name="value">Not negative.</param>
    /// <param name="degreesOfFreedom">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static double UpperTail(double value, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);

        // One degree of freedom is a squared normal: exact far into the tail.
        return degreesOfFreedom == 1 ? Normal.TwoSidedTail(Math.Sqrt(value)) : SpecialFunctions.GammaUpperRegularized(degreesOfFreedom / 2, value / 2);
    }
}
