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

    /// <summary>What was observed of each subject, with the weight that makes up for those of whom it was not: a subject censored before the horizon counts 0, and
    /// the others count 1 / probability of not having been censored.</summary>
    /// <param name="outcome">Of all subjects.</param>
    /// <param name="group">Group of each subject; censoring is estimated within groups (arms). Shape [subjects].</param>
    /// <param name="question">The scale.</param>
    /// <remarks>Source: inverse probability of censoring weights [Graf1999]; the censoring curve is a Kaplan-Meier estimate, so that censoring must not depend on covariates
    /// within an arm.</remarks>
    /// <exception cref="ArgumentException">The measure does not suit the outcome.</exception>
    public static (double[] Values, double[] Weights) Observed(OutcomeData outcome, ReadOnlySpan<int> group, EffectQuestion question)
    {
        ArgumentNullException.ThrowIfNull(question);
        return (outcome, question.Measure) switch
        {
            (BinaryOutcome binary, SummaryMeasure.RiskDifference) => ([.. binary.Occurred.Select(o => o ? 1.0 : 0)], Ones(outcome.Count)),
            (ContinuousOutcome continuous, SummaryMeasure.MeanDifference) => (continuous.Values, Ones(outcome.Count)),
            (SurvivalOutcome survival, SummaryMeasure.SurvivalDifference) => Survived(survival, group, HorizonDays(question)),
            _ => throw new ArgumentException($"A {question.Measure} cannot be read from a {outcome?.Kind} outcome.", nameof(question)),
        };
    }

    private static (double[] Values, double[] Weights) Survived(SurvivalOutcome outcome, ReadOnlySpan<int> group, double horizon)
    {
        var (values, weights) = (new double[outcome.Count], new double[outcome.Count]);
        foreach (var members in group.ToArray().Select((g, i) => (g, i)).GroupBy(p => p.g, p => p.i))
        {
            var rows = members.ToArray();
            var uncensored = new CensoringDistribution([.. rows.Select(i => outcome.Days[i])], [.. rows.Select(i => outcome.HadEvent[i])]);
            foreach (var i in rows)
            {
                var known = outcome.HadEvent[i] && outcome.Days[i] <= horizon ? outcome.Days[i] : outcome.Days[i] >= horizon ? horizon : double.NaN;
                values[i] = outcome.Days[i] > horizon || (!outcome.HadEvent[i] && outcome.Days[i] >= horizon) ? 1 : 0;

                // Just before the time at which the answer was known: at a tie the event comes before the censoring.
                weights[i] = double.IsNaN(known) ? 0 : 1 / uncensored.Before(known);
            }
        }

        return (values, weights);
    }

    private static double HorizonDays(EffectQuestion question) =>
        question.Horizon?.Days ?? throw new ArgumentException("A survival difference needs a horizon.", nameof(question));

    private static double[] Ones(int count) => [.. Enumerable.Repeat(1.0, count)];
}
