using MathNet.Numerics;

namespace DigitalTwin.Numerics.Distributions;

/// <summary>Student's t distribution.</summary>
public static class StudentT
{
    /// <summary>Probability that a t variable is further from zero than <paramref name="t"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The degrees of freedom are not positive.</exception>
    public static double TwoSidedTail(double t, double degreesOfFreedom)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(degreesOfFreedom);
        return SpecialFunctions.BetaRegularized(degreesOfFreedom / 2, 0.5, degreesOfFreedom / (degreesOfFreedom + (t * t)));
    }

    /// <summary>The value below which a t variable falls with the given probability.</summary>
    /// <param name="probability">In (0, 1).</param>
    /// <param name="degreesOfFreedom">Positive.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <remarks>Newton's method from the normal quantile, kept inside a bracket; stops at the last bits of the tail probability.</remarks>
    public static double Quantile(double probability, double degreesOfFreedom)
    {
        if (!(probability > 0 && probability < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in (0, 1).");
        }

        if (probability == 0.5)
        {
            return 0;
        }

        var tail = 2 * Math.Min(probability, 1 - probability);
        var size = UpperRoot(tail, degreesOfFreedom);
        return probability < 0.5 ? -size : size;
    }

    private static double UpperRoot(double twoSidedTail, double degreesOfFreedom)
    {
        double low = 0;
        double high = 1;
        while (TwoSidedTail(high, degreesOfFreedom) > twoSidedTail)
        {
            low = high;
            high *= 2;
        }

        var logScale = SpecialFunctions.GammaLn((degreesOfFreedom + 1) / 2) - SpecialFunctions.GammaLn(degreesOfFreedom / 2)
            - (0.5 * Math.Log(degreesOfFreedom * Math.PI));
        var t = 0.5 * (low + high);
        for (var iteration = 0; iteration < 200 && high - low > 1e-15 * high; iteration++)
        {
            var excess = TwoSidedTail(t, degreesOfFreedom) - twoSidedTail;
            (low, high) = excess > 0 ? (t, high) : (low, t);
            var density = Math.Exp(logScale - ((degreesOfFreedom + 1) / 2 * Math.Log(1 + (t * t / degreesOfFreedom))));
            var next = t + (excess / (2 * density));
            if (Math.Abs(next - t) <= 1e-15 * t)
            {
                return next;
            }

            t = next > low && next < high ? next : 0.5 * (low + high);
        }

        return t;
    }
}
