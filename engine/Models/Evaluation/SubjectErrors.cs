using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Evaluation;

/// <summary>The error of each test subject's prediction, whose mean over any of them is their error: for asking whether it is larger for some.</summary>
public static class SubjectErrors
{
    /// <summary>What the error is, in words.</summary>
    public static string Name(EndpointKind kind) => kind switch
    {
        EndpointKind.TimeToEvent => "Brier score at the time by which half of the training events had happened [Graf1999]",
        EndpointKind.Continuous => "absolute error, in the unit of the target",
        _ => "Brier score [Brier1950]",
    };

    /// <returns>Shape [test subjects]; of a survival outcome 0 for those censored before the time, whose share the others carry by weights.</returns>
    /// <exception cref="ArgumentException">There is no error for this kind of outcome.</exception>
    public static double[] Of(MetricSample sample)
    {
        ArgumentNullException.ThrowIfNull(sample);
        return (sample.Predictions, sample.Test) switch
        {
            (ContinuousPredictions predictions, ContinuousOutcome outcome) => [.. outcome.Values.Zip(predictions.Mean, (v, m) => Math.Abs(v - m))],
            (ClassProbabilities predictions, BinaryOutcome outcome) => [.. outcome.Occurred.Select((o, i) => Square((o ? 1 : 0) - predictions[i, 1]))],
            (ClassProbabilities predictions, CategoricalOutcome outcome) =>
                [.. outcome.Codes.Select((c, i) => Enumerable.Range(0, predictions.ClassCount).Sum(k => Square((c == k ? 1 : 0) - predictions[i, k])))],
            (SurvivalPredictions predictions, SurvivalOutcome outcome) => Survival(predictions, outcome, (SurvivalOutcome)sample.Training),
            _ => throw new ArgumentException($"There is no error of a {sample.Test.Kind} outcome's single subject.", nameof(sample)),
        };
    }

    private static double[] Survival(SurvivalPredictions predictions, SurvivalOutcome outcome, SurvivalOutcome training)
    {
        double[] events = [.. training.Days.Where((_, i) => training.HadEvent[i]).Order()];
        var time = events.Length == 0 ? training.Horizon.Days : SampleQuantile.OfSorted(events, 0.5);
        var followed = new CensoringDistribution(training.Days, training.HadEvent);
        var errors = new double[outcome.Count];
        for (var i = 0; i < errors.Length; i++)
        {
            var survival = predictions.At(i, time);
            var (isPast, hadEvent) = (outcome.Days[i] > time, outcome.HadEvent[i] && outcome.Days[i] <= time);
            errors[i] = hadEvent ? Square(survival) / followed.Before(outcome.Days[i]) : isPast ? Square(1 - survival) / followed.After(time) : 0;
        }

        return errors;
    }

    private static double Square(double value) => value * value;
}
