using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Evaluation;

/// <summary>A measure, or a difference of two models in it, over splits.</summary>
/// <param name="Mean">Over the splits where it could be told.</param>
/// <param name="StandardDeviation">Over these splits; 0 with one.</param>
/// <param name="Lower">Lower bound; NaN where there is no interval.</param>
/// <param name="Upper">Upper bound.</param>
/// <param name="Count">Splits where it could be told.</param>
public sealed record MetricSummary(double Mean, double StandardDeviation, double Lower, double Upper, int Count)
{
    /// <summary>Whether the interval leaves zero out: for a difference, that the data can tell the models apart.</summary>
    public bool ExcludesZero => Lower > 0 || Upper < 0;

    /// <summary>Over splits whose training sets overlap, with the corrected resampled t interval: the variance of the mean is
    /// s^2 (1/splits + test/training), not s^2/splits, which would call far too many differences real.</summary>
    /// <param name="values">One a split; NaN where it could not be told.</param>
    /// <param name="testShare">Test subjects over training subjects, on average over splits.</param>
    /// <param name="confidence">Level of the interval, as a fraction.</param>
    /// <remarks>Source: [Nadeau2003]; for repeated folds [Bouckaert2004].</remarks>
    public static MetricSummary OverSplits(IReadOnlyList<double> values, double testShare, double confidence)
    {
        var (mean, deviation, count) = Moments(values);
        if (count < 2)
        {
            return new MetricSummary(mean, 0, double.NaN, double.NaN, count);
        }

        var half = StudentT.Quantile(0.5 + (confidence / 2), count - 1) * deviation * Math.Sqrt((1.0 / count) + testShare);
        return new MetricSummary(mean, deviation, mean - half, mean + half, count);
    }

    /// <summary>On one given split: the value, with the percentiles of the values on resampled test subjects.</summary>
    /// <param name="value">On the test subjects as they are.</param>
    /// <param name="resampled">On each resample; NaN where it could not be told.</param>
    /// <param name="confidence">Level of the interval, as a fraction.</param>
    public static MetricSummary OverResamples(double value, IReadOnlyList<double> resampled, double confidence)
    {
        ArgumentNullException.ThrowIfNull(resampled);
        double[] sorted = [.. resampled.Where(v => !double.IsNaN(v)).Order()];
        // Percentiles of a few resamples, or of the odd one that could be told, are no interval.
        return double.IsNaN(value) || sorted.Length < resampled.Count / 2 || sorted.Length < 2
            ? new MetricSummary(value, 0, double.NaN, double.NaN, double.IsNaN(value) ? 0 : 1)
            : new MetricSummary(
                value,
                Moments(sorted).Deviation,
                SampleQuantile.OfSorted(sorted, (1 - confidence) / 2),
                SampleQuantile.OfSorted(sorted, (1 + confidence) / 2),
                1);
    }

    /// <summary>Two-sided p-value of a mean of zero under <see cref="OverSplits"/>.</summary>
    public double PValue(double testShare) =>
        Count < 2 ? double.NaN
        : StandardDeviation == 0 ? (Mean == 0 ? 1 : 0)
        : StudentT.TwoSidedTail(Mean / (StandardDeviation * Math.Sqrt((1.0 / Count) + testShare)), Count - 1);

    private static (double Mean, double Deviation, int Count) Moments(IEnumerable<double> values)
    {
        double[] told = [.. values.Where(v => !double.IsNaN(v))];
        if (told.Length == 0)
        {
            return (double.NaN, 0, 0);
        }

        var mean = told.Average();
        return (mean, told.Length < 2 ? 0 : Math.Sqrt(told.Sum(v => (v - mean) * (v - mean)) / (told.Length - 1)), told.Length);
    }
}

/// <summary>Which test subjects each resample holds: the same for every model, so that differences are paired.</summary>
public static class TestResamples
{
    /// <param name="testCount">Test subjects.</param>
    /// <param name="resampleCount">Resamples.</param>
    /// <param name="seed">Of the draws.</param>
    /// <returns>Shape [resamples][test subjects]; places among the test subjects, with repetition.</returns>
    public static int[][] Draw(int testCount, int resampleCount, ulong seed) => [.. Enumerable.Range(0, resampleCount).Select(resample =>
    {
        var stream = new RandomStream(new StreamKey(seed, 0, 0, (uint)resample, RandomPurpose.Bootstrap));
        var rows = new int[testCount];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = stream.NextInt(testCount);
        }

        return rows;
    })];
}
