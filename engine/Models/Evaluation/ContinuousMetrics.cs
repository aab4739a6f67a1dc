using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>Measures of predicted means.</summary>
internal static class ContinuousMetrics
{
    public static IReadOnlyList<OutcomeMetric> All { get; } =
    [
        new("r2", "share of the test subjects' variance that is explained", MetricDirection.Higher, s => 1 - (SquaredErrors(s) / SquaredDeviations(s))),
        new("rmse", "root of the mean squared error, in the outcome's unit", MetricDirection.Lower, s => Math.Sqrt(SquaredErrors(s) / s.Test.Count)),
        new("pearson", "Pearson's correlation", MetricDirection.Higher, s => Correlation.Pearson(Values(s), Means(s))),
        new("spearman", "Spearman's rank correlation [Spearman1904]", MetricDirection.Higher, s => Correlation.Spearman(Values(s), Means(s))),
        new("pearson-within", "mean over groups of Pearson's correlation within each; needs 'group'", MetricDirection.Higher,
            s => s.Groups.Length == 0 ? double.NaN : Correlation.PearsonWithin(Values(s), Means(s), s.Groups)),
    ];

    private static double[] Values(MetricSample sample) => ((ContinuousOutcome)sample.Test).Values;

    private static double[] Means(MetricSample sample) => ((ContinuousPredictions)sample.Predictions).Mean;

    private static double SquaredErrors(MetricSample sample)
    {
        var (values, means, sum) = (Values(sample), Means(sample), 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            sum += (values[i] - means[i]) * (values[i] - means[i]);
        }

        return sum;
    }

    private static double SquaredDeviations(MetricSample sample)
    {
        var values = Values(sample);
        var mean = values.Average();
        return values.Sum(v => (v - mean) * (v - mean));
    }
}
