namespace DigitalTwin.Numerics.Balance;

/// <summary>Which standard deviation divides a difference of means. It is always that of the unweighted subjects.</summary>
public enum StandardizingDeviation
{
    /// <summary>Of the treated arm: for ATT.</summary>
    Treated,

    /// <summary>Root of the mean of both arms' variances: for ATE and ATO.</summary>
    Pooled,
}

/// <summary>How alike two arms are on one covariate.</summary>
/// <param name="MeanTreated">Weighted mean of the treated arm.</param>
/// <param name="MeanControl">Weighted mean of the control arm.</param>
/// <param name="StandardizedMeanDifference">Treated minus control, over the chosen standard deviation; 0 when both are constant and equal.</param>
/// <param name="VarianceRatio">Treated over control, weighted; null for binary covariates and where the control does not vary.</param>
/// <param name="KolmogorovSmirnov">Largest distance between the weighted distribution functions.</param>
public sealed record BalanceStatistics(
    double MeanTreated, double MeanControl, double StandardizedMeanDifference, double? VarianceRatio, double KolmogorovSmirnov);

/// <summary>Balance of one covariate between two weighted arms.</summary>
public static class CovariateBalance
{
    /// <summary>Means, standardized difference, variance ratio and Kolmogorov-Smirnov distance.</summary>
    /// <param name="values">Shape [subjects], finite.</param>
    /// <param name="treated">Shape [subjects].</param>
    /// <param name="weights">Shape [subjects], not negative, some positive in each arm; empty = 1 each.</param>
    /// <param name="isBinary">True for 0/1 covariates: the deviation is that of a proportion, root of p (1 - p).</param>
    /// <param name="deviation">Which standard deviation divides.</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Source: [Austin2009], [Stuart2010]. Agrees with R <c>MatchIt::summary</c>: binary deviations by p (1 - p), others by n - 1;
    /// weighted variances by the reliability-weight formula sum w (x - m)^2 / (sum w - sum w^2 / sum w).</remarks>
    public static BalanceStatistics Of(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights, bool isBinary, StandardizingDeviation deviation)
    {
        if (values.Length != treated.Length || (!weights.IsEmpty && weights.Length != treated.Length))
        {
            throw new ArgumentException($"{values.Length} values and {weights.Length} weights for {treated.Length} subjects.", nameof(values));
        }

        var (meanTreated, varianceTreated) = Moments(values, treated, weights, arm: true, isBinary);
        var (meanControl, varianceControl) = Moments(values, treated, weights, arm: false, isBinary);
        var (_, plainTreated) = Moments(values, treated, [], arm: true, isBinary);
        var (_, plainControl) = Moments(values, treated, [], arm: false, isBinary);
        var divisor = Math.Sqrt(deviation == StandardizingDeviation.Treated ? plainTreated : (plainTreated + plainControl) / 2);
        if (divisor == 0)
        {
            // A covariate constant among the treated: the control's spread is the only scale there is.
            divisor = Math.Sqrt(plainControl);
        }

        var difference = meanTreated - meanControl;
        var standardized = divisor > 0 ? difference / divisor : difference == 0 ? 0 : double.PositiveInfinity * Math.Sign(difference);
        double? ratio = isBinary || !(varianceControl > 0) ? null : varianceTreated / varianceControl;
        return new BalanceStatistics(meanTreated, meanControl, standardized, ratio, Distance(values, treated, weights));
    }

    private static (double Mean, double Variance) Moments(
        ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights, bool arm, bool isBinary)
    {
        double sum = 0;
        double squaredWeights = 0;
        double total = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i] == arm)
            {
                var weight = weights.IsEmpty ? 1 : weights[i];
                sum += weight;
                squaredWeights += weight * weight;
                total += weight * values[i];
            }
        }

        var mean = total / sum;
        if (isBinary)
        {
            return (mean, mean * (1 - mean));
        }

        double squares = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i] == arm)
            {
                var difference = values[i] - mean;
                squares += (weights.IsEmpty ? 1 : weights[i]) * difference * difference;
            }
        }

        return (mean, squares / (sum - (squaredWeights / sum)));
    }

    private static double Distance(ReadOnlySpan<double> values, ReadOnlySpan<bool> treated, ReadOnlySpan<double> weights)
    {
        Span<double> totals = stackalloc double[2];
        var keys = values.ToArray();
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
            totals[treated[i] ? 1 : 0] += weights.IsEmpty ? 1 : weights[i];
        }

        Array.Sort(keys, order);
        double difference = 0;
        double largest = 0;
        for (var k = 0; k < order.Length; k++)
        {
            var i = order[k];
            var share = (weights.IsEmpty ? 1 : weights[i]) / totals[treated[i] ? 1 : 0];
            difference += treated[i] ? share : -share;
            if (k + 1 == order.Length || keys[k + 1] > keys[k])
            {
                largest = Math.Max(largest, Math.Abs(difference));
            }
        }

        return largest;
    }
}
