using DigitalTwin.Models.Evaluation;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>What one model scored.</summary>
/// <param name="Model">The model.</param>
/// <param name="Samples">Test subjects with predictions, shape [seeds][splits]; null where it could not be learnt.</param>
/// <param name="Seconds">Wall time of learning and predicting.</param>
/// <param name="Findings">Each sentence once.</param>
/// <param name="Failures">Splits it could not be learnt on, and why.</param>
internal sealed record ModelScores(
    EvaluatedModel Model, MetricSample?[][] Samples, double Seconds, IReadOnlyList<FindingResult> Findings, IReadOnlyList<string> Failures)
{
    /// <summary>A measure on every split of every seed, or, where the splits are given, its mean over seeds on each.</summary>
    /// <param name="metric">The measure.</param>
    /// <param name="isDrawn">Whether every seed has splits of its own.</param>
    /// <param name="choose">The test subjects to measure on: all, or a resample.</param>
    public double[] Measure(OutcomeMetric metric, bool isDrawn, Func<MetricSample, MetricSample>? choose = null)
    {
        double[][] values = [.. Samples.Select(seed => seed.Select(s => s is null ? double.NaN : metric.Measure(choose?.Invoke(s) ?? s)).ToArray())];
        return isDrawn ? [.. values.SelectMany(v => v)] : [.. Enumerable.Range(0, values[0].Length).Select(k => values.Average(v => v[k]))];
    }
}
