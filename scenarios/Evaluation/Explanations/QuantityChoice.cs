using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Which number of a prediction is explained.</summary>
/// <param name="plan">The evaluation.</param>
/// <param name="horizon">Time by which an event is asked about; null for that by which half of the training events had happened.</param>
/// <param name="className">Class whose probability is asked for; null for the likeliest of each subject.</param>
/// <param name="training">Outcomes of the training subjects.</param>
internal sealed class QuantityChoice(EvaluationPlan plan, Duration? horizon, string? className, OutcomeData training)
{
    private readonly Duration? _horizon = training is SurvivalOutcome survival ? horizon ?? Middle(survival) : null;

    /// <param name="plan">The evaluation.</param>
    /// <param name="explanation">What is asked.</param>
    /// <param name="training">Outcomes of the training subjects.</param>
    public QuantityChoice(EvaluationPlan plan, ExplanationPlan explanation, OutcomeData training)
        : this(plan, explanation.Horizon, explanation.Class, training)
    {
    }

    public double? HorizonDays => _horizon?.Days;

    /// <summary>Outcomes of the training subjects.</summary>
    public OutcomeData Training => training;

    /// <summary>Of a subject, as it is read: a probability, the risk by the horizon, the mean.</summary>
    public ExplainedQuantity Of(OutcomePredictions predictions, int subject) =>
        new() { Level = predictions is ClassProbabilities classes ? Level(classes, subject) : 1, Horizon = _horizon, Scale = ExplainedScale.Natural };

    /// <summary>The same number of every subject: where there are classes, the probability of the one that is named.</summary>
    public ExplainedQuantity OfEverybody() =>
        new() { Level = training is CategoricalOutcome classes ? classes.Levels.ToList().IndexOf(className!) : 1, Horizon = _horizon, Scale = ExplainedScale.Natural };

    /// <summary>Of each subject, shape [subjects].</summary>
    public double[] Values(OutcomePredictions predictions) =>
        [.. Enumerable.Range(0, predictions.Count).Select(i => Of(predictions, i).Of(predictions.Take([i]))[0])];

    /// <summary>In words; with the class of a subject, or without.</summary>
    public string Describe(ExplainedQuantity? quantity = null) => training switch
    {
        SurvivalOutcome => FormattableString.Invariant($"risk of '{plan.Target.Name}' by day {HorizonDays:0.#}"),
        BinaryOutcome => $"probability of '{(plan.Target.Levels.Count > 0 ? plan.Target.Levels[0] : plan.Target.Name)}'",
        CategoricalOutcome classes => quantity is not null ? $"probability of '{classes.Levels[quantity.Level]}'"
            : className is { } level ? $"probability of '{level}'" : "probability of the class that is likeliest for each subject",
        _ => $"mean of '{plan.Target.Name}'",
    };

    private int Level(ClassProbabilities classes, int subject)
    {
        if (training is not CategoricalOutcome categorical)
        {
            return 1;
        }

        return className is { } level
            ? categorical.Levels.ToList().IndexOf(level)
            : Enumerable.Range(0, classes.ClassCount).MaxBy(c => classes[subject, c]);
    }

    private static Duration Middle(SurvivalOutcome survival)
    {
        double[] events = [.. survival.Days.Where((_, i) => survival.HadEvent[i]).Order()];
        return events.Length == 0 ? survival.Horizon : Duration.FromDays(Math.Max(1, SampleQuantile.OfSorted(events, 0.5)));
    }
}
