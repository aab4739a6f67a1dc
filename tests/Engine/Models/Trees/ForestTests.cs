using CsCheck;
using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Forests;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Trees;

public sealed class ForestTests
{
    private const int SeedCount = 3;

    private static readonly ReferenceValues Expected = ReferenceData.Values("trees/boosting.csv");

    [Fact]
    public void Reference_ProbabilityForest_IsWithinTheSpreadOfScikitLearn()
    {
        var table = ReferenceData.DataSet("rotterdam");
        var problem = new LearningProblem(Rotterdam(table, true), new BinaryOutcome(table.Flags("recur")));
        var learner = new RandomForestLearner(new ForestOptions { FeatureTries = 3 });
        var ours = Enumerable.Range(1, SeedCount).Select(seed => Losses(learner, problem, (ulong)seed)).ToArray();
        Compare(Expected.Vector("rotterdam.forest", "logloss"), ours.Average(o => o.LogLoss));
        Compare(Expected.Vector("rotterdam.forest", "brier"), ours.Average(o => o.Brier));
    }

    [Fact]
    public void Reference_RegressionForest_IsWithinTheSpreadOfScikitLearn()
    {
        var table = ReferenceData.DataSet("rotterdam");
        var age = table.Numbers("age");
        var problem = new LearningProblem(Rotterdam(table, false), new ContinuousOutcome(age, "a"));
        var learner = new RandomForestLearner(new ForestOptions { FeatureTries = 3 });
        var ours = Enumerable.Range(1, SeedCount).Select(seed =>
        {
            var outOfBag = (ContinuousPredictions)((ForestPredictor)learner.Fit(problem, TreeCohort.Context((ulong)seed))).OutOfBag!;
            var error = Math.Sqrt(outOfBag.Mean.Zip(age, (m, a) => (m - a) * (m - a)).Average());
            Agreement.Close(error, outOfBag.StandardDeviation[0], 1e-12);
            return error;
        });
        Compare(Expected.Vector("rotterdam.regression", "rmse"), ours.Average());
    }

    /// <summary>A stump over all features and cuts is the best there is, by trying each.</summary>
    [Fact]
    public void ClosedForm_Stump_IsTheBestOfAllSplits() => Gen.Double[0, 1].Array[120].Sample(
        numbers =>
        {
            var n = numbers.Length / 3;
            double[] y = [.. numbers[..n]];
            double[][] x = [[.. numbers[n..(2 * n)].Select(v => Math.Round(v, 1))], numbers[(2 * n)..]];
            var (least, feature, threshold) = (double.PositiveInfinity, -1, 0.0);
            for (var f = 0; f < 2; f++)
            {
                foreach (var cut in x[f])
                {
                    var left = y.Where((_, i) => x[f][i] <= cut).ToArray();
                    var right = y.Where((_, i) => x[f][i] > cut).ToArray();
                    var error = left.Length < 5 || right.Length < 5 ? double.PositiveInfinity : Squares(left) + Squares(right);
                    (least, feature, threshold) = error < least - 1e-12 ? (error, f, cut) : (least, feature, threshold);
                }
            }

            var split = Root([.. Enumerable.Range(0, n).SelectMany(i => new[] { x[0][i], x[1][i] })], 2, y, 5);
            Assert.Equal(feature, split.Feature);
            Agreement.Close(Squares(y) - least, split.Gain, 1e-9);
            Assert.Equal(threshold, x[feature].Where(v => v <= split.Threshold).Max());
        },
        iter: 50);

    [Fact]
    public void ClosedForm_PlantedMissing_GoWithThoseLikeThem()
    {
        double[] x = [1, 2, 3, 4, 5, 6, double.NaN, double.NaN];
        var high = Root(x, 1, [0, 0, 0, 1, 1, 1, 1, 1], 1);
        Assert.Equal((3.5, false), (high.Threshold, high.MissingGoesLeft));
        var low = Root(x, 1, [0, 0, 0, 1, 1, 1, 0, 0], 1);
        Assert.Equal((3.5, true), (low.Threshold, low.MissingGoesLeft));
        var apart = Root(x, 1, [0, 0, 0, 0, 0, 0, 1, 1], 1);
        Assert.Equal((double.PositiveInfinity, false), (apart.Threshold, apart.MissingGoesLeft));
    }

    [Fact]
    public void Property_ProbabilitiesSumToOne_AndAConstantIsNeverSplitOn() => Gen.Select(Gen.Double[-2, 2].Array[60, 90], Gen.Int[0, 1000]).Sample(
        (x, seed) =>
        {
            var inputs = TreeCohort.Inputs([("x", [.. x.Select((v, i) => i % 7 == 0 ? double.NaN : v)]), ("constant", new double[x.Length])]);
            var outcome = new CategoricalOutcome([.. x.Select((v, i) => i < 15 ? i % 3 : v < -0.5 ? 0 : v < 0.7 ? 1 : 2)], ["a", "b", "c"], true);
            var predictor = (ForestPredictor)new RandomForestLearner(new ForestOptions { TreeCount = 15, MinimumLeafSize = 2 })
                .Fit(new LearningProblem(inputs, outcome), TreeCohort.Context((ulong)seed, 1));
            Assert.Equal(0, predictor.Forest.Gains[1]);
            Assert.True(predictor.Forest.Gains[0] > 0);
            var probabilities = (ClassProbabilities)predictor.Predict(inputs);
            for (var i = 0; i < x.Length; i++)
            {
                Assert.Equal(1, probabilities[i, 0] + probabilities[i, 1] + probabilities[i, 2], 12);
            }
        },
        iter: 25);

    [Fact]
    public void Property_SameBytes_OnAnyThreadsAndInAnyOrderOfRows()
    {
        var table = ReferenceData.DataSet("veteran");
        var problem = new LearningProblem(
            TreeCohort.Inputs(table, "karno", "age", "diagtime"), new CategoricalOutcome(TreeCohort.CellTypeCodes(table), ["a", "l", "sm", "sq"], false));
        var learner = new RandomForestLearner(new ForestOptions { TreeCount = 60 });
        var one = (ClassProbabilities)learner.Fit(problem, TreeCohort.Context(7, 1)).Predict(problem.Inputs);
        Assert.Equal(one.Values, ((ClassProbabilities)learner.Fit(problem, TreeCohort.Context(7, 4)).Predict(problem.Inputs)).Values);
        int[] backwards = [.. Enumerable.Range(0, problem.Count).Reverse()];
        Assert.Equal(one.Values, ((ClassProbabilities)learner.Fit(problem.Take(backwards), TreeCohort.Context(7, 2)).Predict(problem.Inputs)).Values);
    }

    /// <summary>Weights that sum to 1 draw as many as their effective sample size, whole weights as many as they sum to.</summary>
    [Fact]
    public void Property_Draws_FollowTheWeights()
    {
        double[] weights = [.. Enumerable.Range(0, 300).Select(i => i % 3 == 0 ? 0.0 : i % 3)];
        var draws = new BootstrapDraws(weights, 3);
        Assert.Equal(300, draws.DrawCount);
        Assert.Equal(180, new BootstrapDraws([.. weights.Select(w => w / 300)], 3).DrawCount);
        var counts = new double[3];
        for (var tree = 0; tree < 200; tree++)
        {
            var own = draws.Of(tree);
            Assert.Equal(300, own.Sum());
            for (var i = 0; i < own.Length; i++)
            {
                counts[i % 3] += own[i] / (200.0 * 100);
            }
        }

        Assert.Equal(0, counts[0]);
        Assert.InRange(counts[1], 0.97, 1.03);
        Assert.InRange(counts[2], 1.95, 2.05);
    }

    private static SubjectInputs Rotterdam(ReferenceTable table, bool withAge)
    {
        string[] rest = ["meno", "grade", "nodes", "pgr", "er", "hormon", "chemo"];
        double[] size = Array.ConvertAll(table.Text("size"), s => s switch { "<=20" => 0.0, "20-50" => 1, _ => 2 });
        return TreeCohort.Inputs([.. (withAge ? new[] { "age" } : []).Concat(rest).Select(c => (c, table.Numbers(c))), ("size", size)]);
    }

    private static (double LogLoss, double Brier) Losses(RandomForestLearner learner, LearningProblem problem, ulong seed)
    {
        var outOfBag = (ClassProbabilities)((ForestPredictor)learner.Fit(problem, TreeCohort.Context(seed))).OutOfBag!;
        var occurred = ((BinaryOutcome)problem.Outcome).Occurred;
        return (
            Enumerable.Range(0, problem.Count).Average(i => -Math.Log(outOfBag[i, occurred[i] ? 1 : 0])),
            Enumerable.Range(0, problem.Count).Average(i => Math.Pow(outOfBag[i, occurred[i] ? 0 : 1], 2)));
    }

    private static void Compare(double[] theirs, double own)
    {
        var mean = theirs.Average();
        var deviation = Math.Sqrt(theirs.Sum(t => (t - mean) * (t - mean)) / (theirs.Length - 1));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"scikit-learn {mean:F5} ({deviation:F5}), ours {own:F5}"));
        Assert.InRange(own, mean - (3 * deviation), mean + (3 * deviation));
    }

    private static double Squares(double[] y) => y.Sum(v => (v - y.Average()) * (v - y.Average()));

    private static (int Feature, double Threshold, bool MissingGoesLeft, double Gain) Root(double[] x, int width, double[] y, int minimumLeafSize)
    {
        var bins = BinnedFeatures.Fit(new FeatureMatrix([.. Enumerable.Range(0, width).Select(f => $"x{f}")], x, y.Length));
        var options = new ForestOptions { TreeCount = 1, FeatureTries = width, MinimumLeafSize = minimumLeafSize, CutPointTries = int.MaxValue };
        var rule = new MeanSplitRule(y, 1, minimumLeafSize);
        var tree = new TreeGrower(bins, rule, options).Grow(
            [.. Enumerable.Repeat(1, y.Length)], new RandomStream(new StreamKey(1, 0, 0, 0, RandomPurpose.Permutation)));
        var members = rule.Order;
        rule.Enter(members, [.. Enumerable.Repeat(1, y.Length)]);
        var best = ForestSplit.None;
        for (var f = 0; f < width; f++)
        {
            var cuts = new CutPoints();
            cuts.Choose(bins.Of(f), members, int.MaxValue, new RandomStream(new StreamKey(1, 0, 0, 0, RandomPurpose.Permutation)));
            rule.Search(f, cuts, bins.Of(f), members, ref best);
        }

        var root = tree.Nodes[0];
        Assert.Equal(best.Feature, root.Feature);
        return (root.Feature, root.Threshold, root.MissingGoesLeft, best.Gain);
    }
}
