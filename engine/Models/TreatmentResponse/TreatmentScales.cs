namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>Mean and spread of the outcome under each treatment among training samples. A treatment that few received has both pulled towards those of all.</summary>
/// <param name="Means">In the outcome's unit, shape [treatments].</param>
/// <param name="Deviations">In the outcome's unit, positive, shape [treatments].</param>
/// <remarks>Means: empirical Bayes, variance within over variance between as the number of subjects that the mean of all counts for [Efron1975].</remarks>
internal sealed record TreatmentScales(double[] Means, double[] Deviations)
{
    /// <summary>Subjects that the pooled variance counts for.</summary>
    private const double PooledCount = 10;

    public static TreatmentScales Of(ResponsePairs pairs)
    {
        var width = pairs.TreatmentCount;
        var (counts, means, squares) = (new double[width], new double[width], new double[width]);
        for (var k = 0; k < pairs.Values.Length; k++)
        {
            counts[k % width] += pairs.Weights[k];
            means[k % width] += pairs.Weights[k] * pairs.Values[k];
        }

        var total = counts.Sum();
        var overall = means.Sum() / total;
        for (var j = 0; j < width; j++)
        {
            means[j] = counts[j] > 0 ? means[j] / counts[j] : overall;
        }

        for (var k = 0; k < pairs.Values.Length; k++)
        {
            var deviation = pairs.Values[k] - means[k % width];
            squares[k % width] += pairs.Weights[k] * deviation * deviation;
        }

        var present = counts.Count(c => c > 0);
        var within = Math.Max(squares.Sum() / Math.Max(1, total - present), double.Epsilon);
        var between = counts.Zip(means, (c, m) => c * (m - overall) * (m - overall)).Sum();
        // The variance between treatments, less what chance alone puts between their means.
        var excess = Math.Max(0, between - ((present - 1) * within)) / Math.Max(1e-300, total - (counts.Sum(c => c * c) / total));
        var shrunk = means.Zip(counts, (m, c) => excess > 0 ? overall + (c / (c + (within / excess)) * (m - overall)) : overall);
        return new TreatmentScales([.. shrunk], [.. squares.Zip(counts, (s, c) => Math.Sqrt((s + (PooledCount * within)) / (c + PooledCount)))]);
    }

    /// <summary>Values around the mean of their treatment, in its deviations; 0 in empty cells.</summary>
    public double[] Standardized(ResponsePairs pairs)
    {
        var values = new double[pairs.Values.Length];
        for (var k = 0; k < values.Length; k++)
        {
            var column = k % Means.Length;
            values[k] = pairs.Weights[k] > 0 ? (pairs.Values[k] - Means[column]) / Deviations[column] : 0;
        }

        return values;
    }
}
