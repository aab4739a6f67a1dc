using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Effects;

/// <summary>Outcomes and predictions as one number a subject on the scale of an effect: an expectation, and an observation whose mean is that expectation.</summary>
public static class OutcomeValues
{
    /// <summary>What a model expects of each subject: probability, mean, or survival at the horizon. Shape [subjects].</summary>
    /// <exception cref="ArgumentException">The measure does not suit the predictions.</exception>
    public static double[] Expected(OutcomePredictions predictions, EffectQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return (predictions, question.Measure) switch
        {
            (ClassProbabilities { ClassCount: 2 } classes, SummaryMeasure.RiskDifference) => [.. Enumerable.Range(0, classes.Count).Select(i => classes[i, 1])],
            (ContinuousPredictions continuous, SummaryMeasure.MeanDifference) => continuous.Mean,
            (SurvivalPredictions survival, SummaryMeasure.SurvivalDifference) =>
                [.. Enumerable.Range(0, survival.Count).Select(i => survival.At(i, HorizonDays(question)))],
            _ => throw new ArgumentException($"A {question.Measure} cannot be read from {predictions?.GetType().Name}.", nameof(question)),
        };
    }

    /// <summary>What was observed of each subject, or stands for it: a number whose mean is that of the outcome. Survival that is censored before the horizon has pseudo-observations, one
    /// Kaplan-Meier curve a group.</summary>
    /// <param name="outcome">Of all subjects.</param>
    /// <param name="group">Group of each subject; censoring is estimated within groups (arms). Shape [subjects].</param>
    /// <param name="question">The scale.</param>
    /// <remarks>Source: [Andersen2003]. Censoring must not depend on covariates within an arm.</remarks>
    /// <returns>Shape [subjects].</returns>
    /// <exception cref="ArgumentException">The measure does not suit the outcome.</exception>
    public static double[] Observed(OutcomeData outcome, ReadOnlySpan<int> group, EffectQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return (outcome, question.Measure) switch
        {
            (BinaryOutcome binary, SummaryMeasure.RiskDifference) => [.. binary.Occurred.Select(o => o ? 1.0 : 0)],
            (ContinuousOutcome continuous, SummaryMeasure.MeanDifference) => continuous.Values,
            (SurvivalOutcome survival, SummaryMeasure.SurvivalDifference) => PseudoSurvival.Of(survival.Days, survival.HadEvent, group, HorizonDays(question)),
            _ => throw new ArgumentException($"A {question.Measure} cannot be read from a {outcome?.Kind} outcome.", nameof(question)),
        };
    }

    private static double HorizonDays(EffectQuestion question) =>
        question.Horizon?.Days ?? throw new ArgumentException("A survival difference needs a horizon.", nameof(question));
}
