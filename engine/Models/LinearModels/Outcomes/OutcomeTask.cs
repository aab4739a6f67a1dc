using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Regression.Penalized;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.LinearModels.Outcomes;

/// <summary>What one linear predictor (or one a class) is to explain of the training subjects. Competing risks are as many tasks as kinds of event,
/// all else is one.</summary>
/// <param name="Name">The kind of event, or empty.</param>
/// <param name="LossOf">The weighted loss of chosen subjects.</param>
/// <param name="InformationCount">What speaks for the parameters: events, or the subjects.</param>
internal sealed record OutcomeTask(string Name, Func<int[], PredictorLoss> LossOf, double InformationCount)
{
    public static IReadOnlyList<OutcomeTask> Of(LearningProblem problem)
    {
        double[] weights = problem.Weights.ToArray();
        return problem.Outcome switch
        {
            BinaryOutcome binary => [new OutcomeTask(
                "", rows => new BinomialLoss(Pick(binary.Occurred, rows), Pick(weights, rows)), 2 * Math.Min(binary.Occurred.Count(o => o), binary.Occurred.Count(o => !o)))],
            ContinuousOutcome continuous => [new OutcomeTask("", rows => new GaussianLoss(Pick(continuous.Values, rows), Pick(weights, rows)), problem.Count)],
            CategoricalOutcome { IsOrdered: true } ordered => [new OutcomeTask(
                "", rows => new ProportionalOddsLoss(Pick(ordered.Codes, rows), ordered.Levels.Count, Pick(weights, rows)), problem.Count)],
            CategoricalOutcome classes => [new OutcomeTask(
                "", rows => new MultinomialLoss(Pick(classes.Codes, rows), classes.Levels.Count, Pick(weights, rows)), problem.Count)],
            SurvivalOutcome survival => [Survival("", survival.Days, survival.HadEvent, weights)],
            CompetingRisksOutcome competing => [.. competing.Events.Select((name, k) => Survival(name, competing.Days, [.. competing.Status.Select(s => s == k + 1)], weights))],
            _ => throw new ArgumentException($"There is no linear model of {problem.Outcome.Kind}.", nameof(problem)),
        };
    }

    private static OutcomeTask Survival(string name, double[] days, bool[] events, double[] weights) =>
        new(name, rows => new PartialLikelihoodLoss(Pick(days, rows), Pick(events, rows), Pick(weights, rows)), events.Count(e => e));

    private static T[] Pick<T>(T[] values, int[] rows) => [.. rows.Select(r => values[r])];
}
