using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.LinearModels.Outcomes;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Twins;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Twins;

/// <summary>Follow-up where half of the events share the first ten days and the others have a day of their own among a thousand, as after admission to intensive care.</summary>
public sealed class CrowdedTimesTests
{
    [Fact]
    public void Property_TheGridOfALinearModelCountsEvents_NotDistinctTimes()
    {
        double[] events = [.. Enumerable.Range(0, 3000).Select(i => 1.0 + (i % 10)), .. Enumerable.Range(0, 3000).Select(i => 11.0 + i)];

        var grid = EventGrid.Of(events);

        Assert.Superset(Enumerable.Range(0, 11).Select(d => (double)d).ToHashSet(), grid.ToHashSet());
        Assert.Equal(3010, grid[^1]);
        Assert.InRange(grid.Length, 100, 251);
    }

    // A start on a grid that has not the early days lays the early deaths into other intervals, and others again for all subjects than for four folds of them: what is learnt to
    // correct them is then added where it does not belong.
    [Fact]
    public void Property_ANetworkOnALinearModel_IsCalibratedForNewSubjects()
    {
        var (problem, others) = (Crowded(1500, seed: 1), Crowded(1500, seed: 2));
        using var backend = new SimdBackend(2);
        var context = new LearningContext(3, backend, 2, CancellationToken.None);
        var linear = CrossFitting.Fit(new LateFusedLinearLearner(), problem, LearningFolds.Stratified(problem, 5, 3), context);
        var network = new NetworkLearner(new NetworkLearnerOptions { EpochCount = 40, TokenWidth = 16, HiddenWidth = 16, WeighsResidual = false }).Fit(problem, context, linear.OutOfFold);

        var predicted = (SurvivalPredictions)new ResidualPredictor(linear.Predictor, network, SurvivalGrid.Of(problem.Outcome)).Predict(others.Inputs);

        foreach (var day in (double[])[1, 3, 5, 10, 500])
        {
            var survived = ((SurvivalOutcome)others.Outcome).Days.Count(d => d > day) / 1500.0;
            Assert.InRange(Enumerable.Range(0, 1500).Average(i => predicted.At(i, day)), survived - 0.06, survived + 0.06);
        }
    }

    [Fact]
    public void ClosedForm_AStartIsBroughtToTheGridOfTraining()
    {
        var problem = Crowded(200, seed: 1);
        using var backend = new SimdBackend(1);
        var context = new LearningContext(3, backend, 1, CancellationToken.None);
        var linear = new LateFusedLinearLearner().Fit(problem, context);
        var network = new NetworkLearner(new NetworkLearnerOptions { EpochCount = 0 }).Fit(problem, context, linear.Predict(problem.Inputs));

        var start = (SurvivalPredictions)new ResidualPredictor(linear, network, [0, 5, 400]).Start(problem.Inputs);

        Assert.Equal([0, 5, 400], start.GridDays);
        Assert.Equal(((SurvivalPredictions)linear.Predict(problem.Inputs)).At(7, 5), start.At(7, 5));
    }

    private static LearningProblem Crowded(int count, uint seed)
    {
        var stream = new RandomStream(new StreamKey(51, 0, 0, seed, RandomPurpose.Outcome));
        var (x, days) = (new double[count], new double[count]);
        for (var i = 0; i < count; i++)
        {
            x[i] = stream.NextGaussian();
            days[i] = stream.NextDouble() < 1 / (1 + Math.Exp(-x[i])) ? 1 + Math.Floor(10 * stream.NextDouble()) : 11 + Math.Floor(1000 * stream.NextDouble());
        }

        SubjectId[] subjects = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{seed}-{i:D4}"))];
        var column = new NumericColumn(new Variable("x", VariableType.Continuous, VariableRole.Covariate, "1", "x", null, []), x);
        return new LearningProblem(new SubjectInputs(subjects, [column], []), new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(1100)));
    }
}
