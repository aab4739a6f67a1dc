using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.ModelFiles;

/// <summary>Predictions as lines of a CSV file: a subject and an arm a line.</summary>
/// <param name="target">What is predicted.</param>
/// <param name="times">Times at which survival is told.</param>
internal sealed class PredictionTable(ModelTarget target, IReadOnlyList<Duration> times)
{
    /// <summary>Names of the columns, without those of subject and arm.</summary>
    public IReadOnlyList<string> Columns => target.Kind switch
    {
        EndpointKind.TimeToEvent => [.. times.Select(t => string.Create(CultureInfo.InvariantCulture, $"survival_{t.Days:0.###}_days"))],
        EndpointKind.Continuous => ["mean", "standard_deviation"],
        EndpointKind.Binary => ["probability"],
        _ => [.. target.Levels.Select(l => $"probability_{l}")],
    };

    /// <summary>One line a subject.</summary>
    public IEnumerable<string> Lines(IReadOnlyList<SubjectId> subjects, ArmId? arm, OutcomePredictions predictions)
    {
        for (var i = 0; i < subjects.Count; i++)
        {
            string[] start = arm is { } named ? [Quoted(subjects[i].Value), Quoted(named.Value)] : [Quoted(subjects[i].Value)];
            yield return string.Join(',', (IEnumerable<string>)[.. start, .. Values(predictions, i).Select(v => v.ToString("R", CultureInfo.InvariantCulture))]);
        }
    }

    public static string Quoted(string text) => text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private IEnumerable<double> Values(OutcomePredictions predictions, int subject) => predictions switch
    {
        SurvivalPredictions survival => times.Select(t => survival.At(subject, t.Days)),
        ContinuousPredictions continuous => [continuous.Mean[subject], continuous.StandardDeviation[subject]],
        ClassProbabilities classes when target.Kind == EndpointKind.Binary => [classes[subject, 1]],
        ClassProbabilities classes => Enumerable.Range(0, classes.ClassCount).Select(c => classes[subject, c]),
        _ => throw new ArgumentException($"Predictions of type {predictions.GetType().Name} have no table.", nameof(predictions)),
    };
}
