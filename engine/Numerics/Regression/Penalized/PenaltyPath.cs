namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Penalties by what they leave free: the effective degrees of freedom, a scale that needs no knowledge of units, features or outcome.</summary>
public static class PenaltyPath
{
    /// <summary>Sum of c e / (c e + penalty) over the eigenvalues e, c the curvature of the loss a subject has: the trace of the smoother [Hastie2009].</summary>
    /// <param name="eigenvalues">Shape [rank], positive.</param>
    /// <param name="curvature">Mean second derivative of a subject's loss by its predictor, for instance p (1 - p).</param>
    /// <param name="penalty">Not negative.</param>
    public static double DegreesOfFreedom(ReadOnlySpan<double> eigenvalues, double curvature, double penalty)
    {
        var sum = 0.0;
        foreach (var eigenvalue in eigenvalues)
        {
            sum += curvature * eigenvalue / ((curvature * eigenvalue) + penalty);
        }

        return sum;
    }

    /// <summary>The penalty that leaves so many degrees of freedom.</summary>
    /// <param name="eigenvalues">Shape [rank], positive, descending, at least one.</param>
    /// <param name="curvature">Positive.</param>
    /// <param name="degreesOfFreedom">Positive and below the rank.</param>
    /// <exception cref="ArgumentOutOfRangeException">No penalty leaves so many.</exception>
    public static double ForDegreesOfFreedom(ReadOnlySpan<double> eigenvalues, double curvature, double degreesOfFreedom)
    {
        if (!(degreesOfFreedom > 0 && degreesOfFreedom < eigenvalues.Length))
        {
            throw new ArgumentOutOfRangeException(
                nameof(degreesOfFreedom), degreesOfFreedom, $"Degrees of freedom must lie between 0 and the rank, {eigenvalues.Length}.");
        }

        var (low, high) = (Math.Log(curvature * eigenvalues[^1]) - 40, Math.Log(curvature * eigenvalues[0]) + 40);
        for (var step = 0; step < 100; step++)
        {
            var middle = (low + high) / 2;
            var isTooFree = DegreesOfFreedom(eigenvalues, curvature, Math.Exp(middle)) > degreesOfFreedom;
            (low, high) = isTooFree ? (middle, high) : (low, middle);
        }

        return Math.Exp((low + high) / 2);
    }

    /// <summary>Penalties from strong to weak, their degrees of freedom in equal ratios from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <param name="eigenvalues">Shape [rank], positive, descending, at least one.</param>
    /// <param name="curvature">Positive.</param>
    /// <param name="least">Degrees of freedom under the first penalty; lowered where the rank is small.</param>
    /// <param name="most">Under the last; lowered to 0.97 of the rank.</param>
    /// <param name="count">At least two.</param>
    public static double[] Between(ReadOnlySpan<double> eigenvalues, double curvature, double least, double most, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 2);
        var last = Math.Min(most, 0.97 * eigenvalues.Length);
        var first = Math.Min(least, last / 4);
        var path = new double[count];
        for (var k = 0; k < count; k++)
        {
            path[k] = ForDegreesOfFreedom(eigenvalues, curvature, first * Math.Pow(last / first, (double)k / (count - 1)));
        }

        return path;
    }
}
