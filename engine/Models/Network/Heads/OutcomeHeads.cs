using DigitalTwin.Models.Network.Longitudinal;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>The head of each kind of outcome.</summary>
internal static class OutcomeHeads
{
    /// <exception cref="UnlearnableException">The training outcomes cannot teach it.</exception>
    public static IOutcomeHead For(LearningProblem training, NetworkLearnerOptions options) => training.Outcome switch
    {
        SurvivalOutcome or CompetingRisksOutcome =>
            new HazardHead(FollowedSubjects.Of(training.Outcome), training.Weights, options.IntervalCount, options.TimeTermCount),
        BinaryOutcome binary => new BinaryHead(binary, training.Weights),
        CategoricalOutcome { IsOrdered: true } ordinal => new OrdinalHead(ordinal, training.Weights),
        CategoricalOutcome categorical => new CategoricalHead(categorical, training.Weights),
        ContinuousOutcome continuous => new ContinuousHead(continuous, training.Weights),
        LongitudinalOutcome visits => new LongitudinalHead(visits, training.Weights, options.Longitudinal),
        _ => throw new UnlearnableException($"The network has no head for the endpoint '{training.Outcome.Kind}'."),
    };
}
