using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>What a model hands over must be what was asked for: a number for each test subject, of the target's kind.</summary>
internal static class PredictionChecks
{
    /// <exception cref="UnlearnableException">It is not; the comparison goes on without this model on this split.</exception>
    public static void Require(OutcomePredictions predictions, OutcomeData outcome, int count, string model)
    {
        var isOfKind = (predictions, outcome) switch
        {
            (ClassProbabilities c, BinaryOutcome) => c.ClassCount == 2,
            (ClassProbabilities c, CategoricalOutcome k) => c.ClassCount == k.Levels.Count,
            (ContinuousPredictions, ContinuousOutcome) => true,
            (SurvivalPredictions, SurvivalOutcome) => true,
            _ => false,
        };
        if (!isOfKind || predictions.Count != count)
        {
            throw new UnlearnableException($"'{model}' predicted {predictions.Count} subjects as {predictions.GetType().Name} for {count} of kind {outcome.Kind}.");
        }

        var isSound = predictions switch
        {
            ClassProbabilities c => c.Values.All(IsProbability),
            ContinuousPredictions c => c.Mean.All(double.IsFinite),
            SurvivalPredictions s => s.Risk.All(double.IsFinite) && s.Survival.All(IsProbability),
            _ => false,
        };
        if (!isSound)
        {
            throw new UnlearnableException($"'{model}' predicted something that is no number, or no probability.");
        }
    }

    private static bool IsProbability(double value) => value is >= 0 and <= 1;
}
