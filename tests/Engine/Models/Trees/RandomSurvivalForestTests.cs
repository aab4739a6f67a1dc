using CsCheck;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

public sealed class RandomSurvivalForestTests
{
    private const int SeedCount = 4;

    private static readonly ReferenceValues Ranger = ReferenceData.Values("trees/forests.csv");

    /// <summary>Grown as R's ranger does, every cut point looked at: the out-of-bag concordance and integrated Brier score lie within the spread that ranger has
    /// over 20 seeds, mean by mean to 3 standard errors and half a percent.</summary>
    [Theory]
    [InlineData("veteran")]
    [InlineData("gbsg")]
    [InlineData("pbc")]
    public void Reference_OutOfBag_IsWithinTheSpreadOfRRanger(string name)
    {
        var problem = name switch { "veteran" => TreeCohort.Veteran(), "gbsg" => TreeCohort.Gbsg(), _ => TreeCohort.Pbc().Death };
        var learner = new RandomSurvivalForestLearner(new ForestOptions { CutPointTries = int.MaxValue });
        var ours = Enumerable.Range(1, SeedCount).Select(seed => Scores(problem, OutOfBag(learner, problem, (ulong)seed))).ToArray();
        Compare($"{name} concordance", Ranger.Vector(name, "concordance"), [.. ours.Select(o => o.Concordance)]);
        Compare($"{name} integrated Brier", Ranger.Vector(name, "brier"), [.. ours.Select(o => o.Brier)]);
    }

    /// <summary>Ten random cut points, the default, are as good as all of them.</summary>
    [Fact]
    public void Reference_RandomCutPoints_AreAsGoodAsAll()
    {
        var problem = TreeCohort.Gbsg();
        var concordance = Scores(problem, OutOfBag(new RandomSurvivalForestLearner(), problem, 1)).Concordance;
        Assert.InRange(concordance, Ranger.Vector("gbsg", "concordance").Min() - 0.01, 1);
    }

    [Fact]
    public void Property_SameBytes_OnAnyThreadsAndInAnyOrderOfRows()
    {
        var problem = TreeCohort.Veteran();
        var learner = new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 60 });
        var one = (SurvivalPredictions)learner.Fit(problem, TreeCohort.Context(7, 1)).Predict(problem.Inputs);
        var four = (SurvivalPredictions)learner.Fit(problem, TreeCohort.Context(7, 4)).Predict(problem.Inputs);
        Assert.Equal(one.Survival, four.Survival);
        int[] backwards = [.. Enumerable.Range(0, problem.Count).Reverse()];
        var reversed = learner.Fit(problem.Take(backwards), TreeCohort.Context(7, 2));
        Assert.Equal(one.Survival, ((SurvivalPredictions)reversed.Predict(problem.Inputs)).Survival);
        var other = (SurvivalPredictions)learner.Fit(problem, TreeCohort.Context(8, 1)).Predict(problem.Inputs);
        Assert.NotEqual(one.Survival, other.Survival);
    }

    [Fact]
    public void Property_SurvivalNeverRises_AndAConstantIsNeverSplitOn() => Gen.Select(
        Gen.Double[0, 3].Array[40, 60], Gen.Int[0, 1000]).Sample(
        (x, seed) =>
        {
            var noise = new DigitalTwin.Numerics.Random.RandomStream(new DigitalTwin.Numerics.Random.StreamKey((ulong)seed, 0, 0, 0, DigitalTwin.Numerics.Random.RandomPurpose.EventTime));
            double[] days = [.. x.Select(v => Math.Ceiling(20 * noise.NextExponential() * Math.Exp(-v)))];
            bool[] events = [.. days.Select((_, i) => i < 12 || noise.NextDouble() < 0.6)];
            double[] holed = [.. x.Select((v, i) => i % 5 == 0 ? double.NaN : v)];
            var inputs = TreeCohort.Inputs([("x", holed), ("constant", [.. x.Select(_ => 3.5)]), ("noise", [.. x.Select(_ => noise.NextGaussian())])]);
            var problem = new LearningProblem(inputs, new SurvivalOutcome(days, events, TreeCohort.Horizon));
            var predictor = (ForestPredictor)new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 15, MinimumLeafSize = 3 }).Fit(problem, TreeCohort.Context((ulong)seed, 1));
            var predictions = (SurvivalPredictions)predictor.Predict(inputs);
            Assert.Equal(0, predictor.Forest.Gains[1]);
            Assert.True(predictor.Forest.Gains[0] + predictor.Forest.Gains[2] > 0);
            for (var i = 0; i < problem.Count; i++)
            {
                var row = predictions.Survival.AsSpan(i * predictions.GridDays.Length, predictions.GridDays.Length);
                Assert.Equal(1, row[0]);
                for (var t = 1; t < row.Length; t++)
                {
                    Assert.InRange(row[t], 0, row[t - 1]);
                }
            }
        },
        iter: 25);

    [Fact]
    public void Property_TwoKindsOfEvent_SumToAtMostOne_AndFollowAalenJohansenOnAverage()
    {
        var (death, causes) = TreeCohort.Pbc();
        var problem = new LearningProblem(death.Inputs, causes);
        var predictions = (CumulativeIncidencePredictions)new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 100 })
            .Fit(problem, TreeCohort.Context()).Predict(problem.Inputs);
        var times = predictions.GridDays.Length;
        var ends = new double[2];
        for (var i = 0; i < problem.Count; i++)
        {
            for (var j = 0; j < 2; j++)
            {
                var row = predictions.Incidence.AsSpan(((i * 2) + j) * times, times);
                Assert.Equal(0, row[0]);
                for (var t = 1; t < times; t++)
                {
                    Assert.True(row[t] >= row[t - 1]);
                }

                ends[j] += row[^1] / problem.Count;
            }

            Assert.InRange(predictions.Incidence[(((i * 2) + 1) * times) - 1] + predictions.Incidence[((i + 1) * 2 * times) - 1], 0, 1 + 1e-12);
        }

        // One leaf that holds everybody: the marginal incidences, which the mean over subjects stays near.
        var marginal = (CumulativeIncidencePredictions)new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 100, MinimumLeafSize = problem.Count })
            .Fit(problem, TreeCohort.Context()).Predict(problem.Inputs);
        Assert.InRange(ends[0] - marginal.Incidence[times - 1], -0.03, 0.03);
        Assert.InRange(ends[1] - marginal.Incidence[(2 * times) - 1], -0.08, 0.08);
        Assert.True(marginal.Incidence[(2 * times) - 1] > 3 * marginal.Incidence[times - 1]);
    }

    /// <summary>A subject of weight 0 teaches nothing, and is still predicted.</summary>
    [Fact]
    public void Property_WeightZero_IsAsAbsent()
    {
        var problem = TreeCohort.Veteran();
        int[] kept = [.. Enumerable.Range(0, problem.Count).Where(i => i % 4 != 0)];
        var weights = new double[problem.Count];
        Array.ForEach(kept, i => weights[i] = 1);
        var learner = new RandomSurvivalForestLearner(new ForestOptions { TreeCount = 40 });
        var weighted = (ForestPredictor)learner.Fit(problem.Reweighted(weights), TreeCohort.Context());
        var taken = (ForestPredictor)learner.Fit(problem.Take(kept), TreeCohort.Context());
        Assert.Equal(((SurvivalPredictions)taken.Predict(problem.Inputs)).Risk, ((SurvivalPredictions)weighted.Predict(problem.Inputs)).Risk);
        Assert.Equal(problem.Count, weighted.OutOfBag!.Count);
        Assert.Equal(((SurvivalPredictions)taken.OutOfBag!).Risk, ((SurvivalPredictions)weighted.OutOfBag!.Take(kept)).Risk);
    }

    [Fact]
    public void Error_FewEvents_AreRefused()
    {
        var problem = TreeCohort.Veteran();
        var survival = (SurvivalOutcome)problem.Outcome;
        var few = new LearningProblem(problem.Inputs, survival with { HadEvent = [.. Enumerable.Range(0, survival.Count).Select(i => i < 9)] });
        var error = Assert.Throws<UnlearnableException>(() => new RandomSurvivalForestLearner().Fit(few, TreeCohort.Context()));
        Assert.Contains("There are 9 events among 137 subjects", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_Cancelled_Stops()
    {
        Assert.ThrowsAny<OperationCanceledException>(
            () => new RandomSurvivalForestLearner().Fit(TreeCohort.Veteran(), TreeCohort.Cancelled()));
    }

    private static SurvivalPredictions OutOfBag(RandomSurvivalForestLearner learner, LearningProblem problem, ulong seed) =>
        (SurvivalPredictions)((ForestPredictor)learner.Fit(problem, TreeCohort.Context(seed))).OutOfBag!;

    /// <summary>As forests.R scores them.</summary>
    private static (double Concordance, double Brier) Scores(LearningProblem problem, SurvivalPredictions predictions)
    {
        var survival = (SurvivalOutcome)problem.Outcome;
        var sorted = survival.Days.Order().ToArray();
        var (first, last) = (sorted[0], sorted[(int)(0.9 * sorted.Length)]);
        double[] grid = [.. Enumerable.Range(0, 100).Select(k => first + ((last - first) * k / 99))];
        var values = new double[problem.Count * grid.Length];
        for (var k = 0; k < values.Length; k++)
        {
            values[k] = predictions.At(k / grid.Length, grid[k % grid.Length]);
        }

        return (
            Concordance.Estimate(survival.Days, survival.HadEvent, predictions.Risk).Value,
            BrierScore.Integrated(survival.Days, survival.HadEvent, new RowMajorMatrix(values, problem.Count, grid.Length), grid).Value);
    }

    private static void Compare(string what, double[] theirs, double[] ours)
    {
        var (mean, own) = (theirs.Average(), ours.Average());
        var deviation = Math.Sqrt(theirs.Sum(t => (t - mean) * (t - mean)) / (theirs.Length - 1));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{what}: ranger {mean:F4} ({deviation:F4}), ours {own:F4}"));
        Assert.InRange(own, mean - (3 * deviation / Math.Sqrt(ours.Length)) - (0.005 * mean), mean + (3 * deviation / Math.Sqrt(ours.Length)) + (0.005 * mean));
    }
}
