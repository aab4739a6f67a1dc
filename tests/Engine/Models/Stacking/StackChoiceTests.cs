using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Stacking;

public sealed class StackChoiceTests
{
    private const int Count = 1000;

    private static readonly StackOptions s_plain = new() { Recalibrates = false };

    // Differences 1, 3 and 0 with weights 1, 1 and 2: mean 1, and sqrt(0 + 4 + 4) / 4 its error.
    [Fact]
    public void ClosedForm_AGainIsTheWeightedMeanOfDifferencesWithItsError()
    {
        var gain = ScoreGain.Of([2, 4, 5], [1, 1, 5], [1, 1, 2]);

        Assert.Equal(1, gain.Mean, 12);
        Assert.Equal(Math.Sqrt(8) / 4, gain.StandardError, 12);
        Assert.True(gain.IsClear);
    }

    // Each half of the truth is seen by one model: neither alone is as good as their mean.
    [Fact]
    public void Property_ModelsThatErrApart_ArePooledAndScoreBetterThanTheBestOfThem()
    {
        var (problem, folds, noise) = Coin();
        var (first, second) = (Shifted(problem, noise, 0.2), Shifted(problem, noise, -0.2));

        var choice = StackChoice.Of([("first", first), ("second", second)], 2, problem, folds, s_plain);

        Assert.All(choice.Weights, w => Assert.InRange(w, 0.3, 0.7));
        var score = OutOfFoldScore.Of(problem.Outcome);
        Assert.True(ScoreGain.Of(score.Each(first), score.Each(choice.OutOfFold), problem.Weights).Mean > 0.005);
        Assert.Empty(choice.Findings);
    }

    // What adds noise to the truth cannot help it; what sees the other half of it does.
    [Theory]
    [InlineData(0, false)]
    [InlineData(-0.2, true)]
    public void Property_AModelThatIsNotSimple_GetsWeightOnlyWhereItClearlyHelps(double shiftOfSimple, bool isTaken)
    {
        var (problem, folds, noise) = Coin();

        var choice = StackChoice.Of([("simple", Shifted(problem, noise, shiftOfSimple)), ("deep", Shifted(problem, noise, 0.2))], 1, problem, folds, s_plain);

        Assert.Equal(isTaken, choice.Weights[1] > 0.3);
        Assert.Equal(isTaken ? 0 : 1, choice.Findings.Count(f => f.StartsWith("deep got no weight", StringComparison.Ordinal)));
        Assert.Equal(1, choice.Weights.Sum(), 9);
        var all = StackChoice.Of([("simple", Shifted(problem, noise, shiftOfSimple)), ("deep", Shifted(problem, noise, 0.2))], 1, problem, folds, s_plain with { LeavesOut = false });
        Assert.All(all.Weights, w => Assert.InRange(w, 0.001, 0.999));
        Assert.Empty(all.Findings);
    }

    // Nine models of noise and a prior worth all subjects pull the pool from the one that knows.
    [Fact]
    public void Property_AModelClearlyBetterThanThePool_IsKeptAloneAndNamed()
    {
        var (problem, folds, _) = Coin();
        var members = Enumerable.Range(0, 10).Select(m => ($"model {m}", (OutcomePredictions)(m == 3 ? Shifted(problem, new double[Count], 0) : Noise(m)))).ToArray();

        var choice = StackChoice.Of(members, members.Length, problem, folds, s_plain with { PriorCount = 10_000 });

        Assert.Equal(Enumerable.Range(0, 10).Select(m => m == 3 ? 1.0 : 0), choice.Weights);
        Assert.Contains("model 3 is kept alone", Assert.Single(choice.Findings), StringComparison.Ordinal);
        Assert.Same(members[3].Item2, choice.OutOfFold);

        static ClassProbabilities Noise(int seed)
        {
            var stream = new RandomStream(new StreamKey(77, (ulong)seed, 0, 0, RandomPurpose.Outcome));
            return Classes([.. Enumerable.Range(0, Count).Select(_ => 0.1 + (0.8 * stream.NextDouble()))]);
        }
    }

    // Events by chance alone: a step of A(t) at every one of them is noise, which the folds held out show.
    [Fact]
    public void Property_CurvesThatAreCalibratedAlready_AreLeftAsTheyAre()
    {
        var stream = new RandomStream(new StreamKey(32, 0, 0, 0, RandomPurpose.Outcome));
        double[] ratio = [.. Enumerable.Range(0, 80).Select(_ => Math.Exp(stream.NextGaussian()))];
        double[] days = [.. ratio.Select(r => -500 / r * Math.Log(1 - stream.NextDouble()))];
        var outcome = new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(days.Max()));
        var grid = SurvivalGrid.Of(outcome);
        var truth = new SurvivalPredictions(grid, [.. ratio.SelectMany(r => grid.Select(t => Math.Exp(-r * t / 500)))], ratio);
        var problem = new LearningProblem(Coin().Problem.Inputs.Take([.. Enumerable.Range(0, 80)]), outcome);

        var choice = StackChoice.Of([("true", truth)], 1, problem, [.. Enumerable.Range(0, 80).Select(i => i % 5)], new StackOptions());

        Assert.Null(choice.Recalibration.Finding);
        Assert.Contains("not recalibrated", Assert.Single(choice.Findings), StringComparison.Ordinal);
        Assert.Same(truth, choice.OutOfFold);
    }

    [Fact]
    public void Property_AnExaggeratingPool_IsRecalibratedAndThatLowersItsScore()
    {
        var (problem, folds, _) = Coin();
        var truth = Truth(problem);
        var exaggerated = Classes([.. truth.Select(p => Logistic(3 * Math.Log(p / (1 - p))))]);

        var choice = StackChoice.Of([("loud", exaggerated)], 1, problem, folds, new StackOptions());

        Assert.Contains("calibration slope", choice.Recalibration.Finding, StringComparison.Ordinal);
        var score = OutOfFoldScore.Of(problem.Outcome);
        Assert.True(ScoreGain.Of(score.Each(exaggerated), score.Each(choice.OutOfFold), problem.Weights).Mean > 0.02);
        static double Logistic(double x) => 1 / (1 + Math.Exp(-x));
    }

    // The squared error is the same before and after: the spread is corrected all the same.
    [Fact]
    public void ClosedForm_TheSpreadOfAContinuousOutcomeIsAlwaysCorrected()
    {
        var inputs = Coin().Problem.Inputs.Take([.. Enumerable.Range(0, 100)]);
        var problem = new LearningProblem(inputs, new ContinuousOutcome([.. Enumerable.Range(0, 100).Select(i => i % 2 == 0 ? 3.0 : -3.0)], "1"));
        var narrow = new ContinuousPredictions(new double[100], [.. Enumerable.Repeat(1.0, 100)]);

        var choice = StackChoice.Of([("narrow", narrow)], 1, problem, [.. Enumerable.Range(0, 100).Select(i => i % 5)], new StackOptions());

        Assert.All(((ContinuousPredictions)choice.OutOfFold).StandardDeviation, d => Assert.Equal(3, d, 12));
        Assert.All(((ContinuousPredictions)choice.Recalibration.Apply(narrow)).StandardDeviation, d => Assert.Equal(3, d, 12));
    }

    // What happened to a fold must not change what is said of it.
    [Fact]
    public void Property_NoFoldTakesPartInItsOwnWeights()
    {
        var (problem, folds, noise) = Coin();
        var occurred = (bool[])((BinaryOutcome)problem.Outcome).Occurred.Clone();
        for (var i = 0; i < Count; i++)
        {
            occurred[i] ^= folds[i] == 0;
        }

        (string, OutcomePredictions)[] members = [("first", Shifted(problem, noise, 0.2)), ("second", Shifted(problem, noise, -0.1))];
        var one = (ClassProbabilities)StackChoice.Of(members, 2, problem, folds, s_plain).OutOfFold;
        var other = (ClassProbabilities)StackChoice.Of(members, 2, new LearningProblem(problem.Inputs, new BinaryOutcome(occurred)), folds, s_plain).OutOfFold;

        var held = Enumerable.Range(0, Count).Where(i => folds[i] == 0).ToArray();
        Assert.Equal(one.Take(held), other.Take(held), (a, b) => ((ClassProbabilities)a!).Values.SequenceEqual(((ClassProbabilities)b!).Values));
        Assert.Contains(Enumerable.Range(0, Count), i => folds[i] != 0 && one[i, 1] != other[i, 1]);
    }

    private static double[] Truth(LearningProblem problem) => ((NumericColumn)problem.Inputs.Covariates[0]).Values.ToArray();

    private static ClassProbabilities Shifted(LearningProblem problem, double[] noise, double by) =>
        Classes([.. Truth(problem).Zip(noise, (p, n) => Math.Clamp(p + (by * n), 0.01, 0.99))]);

    private static ClassProbabilities Classes(double[] probabilities) => new([.. probabilities.SelectMany(p => new[] { 1 - p, p })], 2);

    private static (LearningProblem Problem, int[] Folds, double[] Noise) Coin()
    {
        var stream = new RandomStream(new StreamKey(31, 0, 0, 0, RandomPurpose.Outcome));
        var (truth, noise, occurred) = (new double[Count], new double[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            (truth[i], noise[i]) = (0.1 + (0.8 * stream.NextDouble()), stream.NextDouble() < 0.5 ? -1 : 1);
            occurred[i] = stream.NextDouble() < truth[i];
        }

        SubjectId[] subjects = [.. Enumerable.Range(0, Count).Select(i => new SubjectId($"S{i:D4}"))];
        var column = new NumericColumn(new Variable("truth", VariableType.Continuous, VariableRole.Covariate, "1", "truth", null, []), truth);
        return (new LearningProblem(new SubjectInputs(subjects, [column], []), new BinaryOutcome(occurred)), [.. Enumerable.Range(0, Count).Select(i => i % 5)], noise);
    }
}
