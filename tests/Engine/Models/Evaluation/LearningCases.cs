using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Evaluation;

/// <summary>Learning problems without inputs, for splits and baselines.</summary>
internal static class LearningCases
{
    public static LearningProblem Of(OutcomeData outcome, double[]? weights = null, int[]? order = null)
    {
        var ids = Enumerable.Range(0, outcome.Count).Select(i => new SubjectId($"s{(order is null ? i : order[i]):D4}")).ToArray();
        return new LearningProblem(new SubjectInputs(ids, [], []), outcome, weights);
    }

    public static OutcomePredictions FitAndPredict(IOutcomeLearner learner, LearningProblem training, int count)
    {
        using var backend = new SimdBackend(1);
        var context = new LearningContext(1, backend, 1, TestContext.Current.CancellationToken);
        var inputs = new SubjectInputs([.. Enumerable.Range(0, count).Select(i => new SubjectId($"t{i}"))], [], []);
        return learner.Fit(training, context).Predict(inputs);
    }
}
