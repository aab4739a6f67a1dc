namespace DigitalTwin.Omics.Missing;

/// <summary>One estimate from several imputed data sets.</summary>
/// <param name="Estimate">Mean of the estimates.</param>
/// <param name="WithinVariance">Mean of their variances.</param>
/// <param name="BetweenVariance">Variance of the estimates over m - 1.</param>
/// <param name="TotalVariance">Within + (1 + 1/m) between.</param>
/// <param name="DegreesOfFreedom">Barnard-Rubin degrees of freedom of the t distribution that intervals use.</param>
/// <param name="RelativeIncrease">(1 + 1/m) between / within: by how much missing data raise the variance.</param>
/// <param name="MissingInformation">Fraction of information that is missing, in [0, 1].</param>
public sealed record PooledEstimate(
    double Estimate,
    double WithinVariance,
    double BetweenVariance,
    double TotalVariance,
    double DegreesOfFreedom,
    double RelativeIncrease,
    double MissingInformation)
{
    public double StandardError => Math.Sqrt(TotalVariance);

    /// <summary>The interval that holds the value with the given confidence, by the t distribution.</summary>
    /// <param name="confidence">In (0, 1).</param>
    public (double Lower, double Upper) Interval(double confidence = 0.95)
    {
        var half = Numerics.Distributions.StudentT.Quantile(0.5 + (confidence / 2), DegreesOfFreedom) * StandardError;
        return (Estimate - half, Estimate + half);
    }
}

/// <summary>Rubin's rules: pools an estimate over imputed data sets.</summary>
public static class RubinPool
{
    /// <param name="estimates">Of each imputed data set, shape [imputations], at least 2, finite.</param>
    /// <param name="variances">Squared standard errors, shape [imputations], positive and finite.</param>
    /// <param name="completeDegreesOfFreedom">Degrees of freedom that complete data would have, positive; infinity for large samples.</param>
    /// <exception cref="ArgumentException">There are fewer than 2 imputations, the lengths differ, or a number is out of range.</exception>
    /// <remarks>Source: [Rubin1987] sections 3.1 and 3.3; degrees of freedom [Barnard1999]. Agrees with R <c>mice::pool.scalar</c>, down to its floor
    /// of 0.0001 for the share of variance due to missingness.</remarks>
    public static PooledEstimate Pool(ReadOnlySpan<double> estimates, ReadOnlySpan<double> variances, double completeDegreesOfFreedom = double.PositiveInfinity)
    {
        const double LeastShare = 1e-4;
        var m = estimates.Length;
        if (m < 2 || variances.Length != m)
        {
            throw new ArgumentException($"{m} estimates and {variances.Length} variances; pooling needs as many of each, and at least 2.", nameof(estimates));
        }

        if (!(completeDegreesOfFreedom > 0))
        {
            throw new ArgumentException($"The degrees of freedom of complete data are positive, not {completeDegreesOfFreedom}.", nameof(completeDegreesOfFreedom));
        }

        double mean = 0, within = 0;
        for (var i = 0; i < m; i++)
        {
            if (!double.IsFinite(estimates[i]) || !(variances[i] > 0) || !double.IsFinite(variances[i]))
            {
                throw new ArgumentException($"Imputation {i + 1} has no finite estimate with a positive variance. Look at its fit.", nameof(variances));
            }

            mean += estimates[i] / m;
            within += variances[i] / m;
        }

        double between = 0;
        foreach (var estimate in estimates)
        {
            between += (estimate - mean) * (estimate - mean) / (m - 1);
        }

        var increase = (1 + (1.0 / m)) * between;
        var total = within + increase;
        var share = Math.Max(increase / total, LeastShare);
        var large = (m - 1) / (share * share);
        var complete = completeDegreesOfFreedom;
        var observed = double.IsInfinity(complete) ? double.PositiveInfinity : (complete + 1) / (complete + 3) * complete * (1 - share);
        var degrees = double.IsInfinity(observed) ? large : large * observed / (large + observed);
        var ratio = increase / within;
        return new PooledEstimate(mean, within, between, total, degrees, ratio, (ratio + (2 / (degrees + 3))) / (ratio + 1));
    }
}
