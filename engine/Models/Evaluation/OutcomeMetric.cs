using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>What of a number is good.</summary>
public enum MetricDirection
{
    /// <summary>More is better.</summary>
    Higher,

    /// <summary>Less is better.</summary>
    Lower,

    /// <summary>One is right: a calibration slope.</summary>
    One,

    /// <summary>Zero is right: a calibration intercept.</summary>
    Zero,

    /// <summary>It describes and does not rank: a p-value.</summary>
    None,

    /// <summary>What was stated is right: a coverage.</summary>
    Stated,
}

/// <summary>A measure of predictions on test subjects.</summary>
/// <param name="Name">In tables and evaluation files.</param>
/// <param name="Text">What it is, in a few words, with its source.</param>
/// <param name="Direction">What of it is good.</param>
/// <param name="Measure">NaN where it cannot be told on these subjects.</param>
public sealed record OutcomeMetric(string Name, string Text, MetricDirection Direction, Func<MetricSample, double> Measure);

/// <summary>What a measure sees: test subjects, what became of them, and what was predicted.</summary>
/// <param name="Training">Outcomes of the training subjects, whose censoring weighs the test subjects.</param>
/// <param name="Test">Outcomes of the test subjects.</param>
/// <param name="Predictions">Of the test subjects.</param>
/// <param name="Groups">Group of each test subject, below 0 for none; empty where there are no groups.</param>
public sealed record MetricSample(OutcomeData Training, OutcomeData Test, OutcomePredictions Predictions, int[] Groups)
{
    /// <summary>What is stated to hold the outcomes of the test subjects; null where nothing is.</summary>
    public PredictionRegions? Regions { get; init; }

    /// <summary>The chosen test subjects; in a bootstrap a subject may be chosen more than once.</summary>
    public MetricSample Take(ReadOnlySpan<int> rows)
    {
        var groups = new int[Groups.Length == 0 ? 0 : rows.Length];
        for (var i = 0; i < groups.Length; i++)
        {
            groups[i] = Groups[rows[i]];
        }

        return new MetricSample(Training, Test.Take(rows), Predictions.Take(rows), groups) { Regions = Regions?.Take(rows) };
    }
}
