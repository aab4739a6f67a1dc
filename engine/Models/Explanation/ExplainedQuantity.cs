using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation;

/// <summary>The scale that a prediction is explained on.</summary>
public enum ExplainedScale
{
    /// <summary>Where effects add: log odds of a class, log cumulative hazard, the mean of a continuous outcome.</summary>
    Link,

    /// <summary>As it is read: probability of a class, risk of an event by the horizon, the mean of a continuous outcome.</summary>
    Natural,
}

/// <summary>Which one number of a prediction is explained. More always means more of the class, or more risk of the event.</summary>
public sealed record ExplainedQuantity
{
    /// <summary>Probabilities nearer to 0 or 1 than this are taken as this near on the link scale.</summary>
    private const double Least = 1e-6;

    /// <summary>The class, from 0, of class probabilities; the kind of event, from 1, of competing risks.</summary>
    public int Level { get; init; } = 1;

    /// <summary>Time by which an event is asked about; needed for survival and competing risks.</summary>
    public Duration? Horizon { get; init; }

    public ExplainedScale Scale { get; init; } = ExplainedScale.Link;

    /// <summary>The number of each subject, shape [subjects].</summary>
    /// <exception cref="ArgumentException">The predictions have no such level, or a horizon is missing or not positive.</exception>
    public double[] Of(OutcomePredictions predictions)
    {
        ArgumentNullException.ThrowIfNull(predictions);
        return predictions switch
        {
            ClassProbabilities classes => [.. Enumerable.Range(0, classes.Count).Select(i => OfProbability(classes[i, LevelWithin(0, classes.ClassCount - 1)]))],
            SurvivalPredictions survival => [.. Enumerable.Range(0, survival.Count).Select(i => OfRisk(1 - survival.At(i, HorizonDays)))],
            CumulativeIncidencePredictions incidence => [.. Enumerable.Range(0, incidence.Count).Select(i => OfRisk(Incidence(incidence, i)))],
            ContinuousPredictions continuous => continuous.Mean,
            _ => throw new ArgumentException($"Nothing is known of how to explain {predictions.GetType().Name}.", nameof(predictions)),
        };
    }

    /// <summary>In words, for reports.</summary>
    public string Describe(OutcomePredictions predictions) => (predictions, Scale) switch
    {
        (ClassProbabilities, ExplainedScale.Link) => $"log odds of class {Level}",
        (ClassProbabilities, _) => $"probability of class {Level}",
        (ContinuousPredictions, _) => "mean outcome",
        (CumulativeIncidencePredictions, ExplainedScale.Link) => $"complementary log-log of the risk of event {Level} by {Horizon}",
        (CumulativeIncidencePredictions, _) => $"risk of event {Level} by {Horizon}",
        (_, ExplainedScale.Link) => $"log cumulative hazard at {Horizon}",
        _ => $"risk by {Horizon}",
    };

    /// <exception cref="ArgumentException">There is none, or it is not positive.</exception>
    internal double HorizonDays => Horizon is { Days: > 0 } horizon
        ? horizon.Days
        : throw new ArgumentException($"An event is explained at a horizon, and the horizon is {(Horizon is null ? "missing" : Horizon.ToString())}. Give a time after 0.");

    /// <exception cref="ArgumentException">It is outside.</exception>
    internal int LevelWithin(int first, int last) => Level >= first && Level <= last
        ? Level
        : throw new ArgumentException($"Level {Level} was asked for; there are {first} to {last}.");

    private double OfProbability(double p)
    {
        var inside = Math.Clamp(p, Least, 1 - Least);
        return Scale == ExplainedScale.Natural ? p : Math.Log(inside / (1 - inside));
    }

    private double OfRisk(double risk) => Scale == ExplainedScale.Natural ? risk : Math.Log(-Math.Log(1 - Math.Clamp(risk, Least, 1 - Least)));

    private double Incidence(CumulativeIncidencePredictions predictions, int subject)
    {
        var place = Array.BinarySearch(predictions.GridDays, HorizonDays);
        var column = place >= 0 ? place : Math.Max(0, ~place - 1);
        var kind = LevelWithin(1, predictions.EventCount) - 1;
        return predictions.Incidence[(((subject * predictions.EventCount) + kind) * predictions.GridDays.Length) + column];
    }
}
