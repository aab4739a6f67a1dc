using DigitalTwin.Models.Network;
using DigitalTwin.Models.Network.Fusion;
using DigitalTwin.Models.Network.Training;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network;

public sealed class NetworkLearnerTests(ITestOutputHelper output)
{
    private static readonly NetworkLearnerOptions Small = new() { MemberCount = 2, EpochCount = 4, TokenWidth = 8, HiddenWidth = 8, IntervalCount = 5 };

    /// <summary>Two numbers of the same sign: no single number and no sum of them tells anything.</summary>
    [Fact]
    public void ClosedForm_ExclusiveOr_IsLearntWhereALinearModelCannot()
    {
        var (a, b) = (MadeUpSubjects.Gaussians(600, 1), MadeUpSubjects.Gaussians(600, 2));
        bool[] occurred = [.. a.Zip(b, (x, y) => x * y > 0)];
        var problem = new LearningProblem(
            new SubjectInputs(MadeUpSubjects.Ids(600), [MadeUpSubjects.Number("a", a), MadeUpSubjects.Number("b", b)], []), new BinaryOutcome(occurred));
        int[] training = [.. Enumerable.Range(0, 400)], rest = [.. Enumerable.Range(400, 200)];
        var test = problem.Take(rest);
        var predictor = MadeUpSubjects.With(c => new NetworkLearner().Fit(problem.Take(training), c));
        var probabilities = (ClassProbabilities)predictor.Predict(test.Inputs);
        var auc = MadeUpSubjects.Auc(((BinaryOutcome)test.Outcome).Occurred, i => probabilities[i, 1]);
        var sums = MadeUpSubjects.Auc(((BinaryOutcome)test.Outcome).Occurred, i => a[rest[i]] + b[rest[i]]);
        Assert.True(auc > 0.95 && sums < 0.65, $"network {auc:0.000}, sum {sums:0.000}");
    }

    /// <summary>Before the first step the network is the model that it starts from.</summary>
    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Property_BeforeTraining_TheNetworkIsTheModelItStartsFrom(string kind)
    {
        var problem = Problem(kind, 60);
        // One member: between the ends of intervals the curve of an ensemble is no exponential.
        var start = MadeUpSubjects.With(c => new NetworkLearner(Small with { MemberCount = 1 }).Fit(problem, c), seed: 1);
        var expected = start.Predict(problem.Inputs);
        var options = Small with { EpochCount = 0, WeighsResidual = false };
        var residual = MadeUpSubjects.With(c => new NetworkLearner(options).Fit(problem, c, expected), seed: 2);
        Assert.Equal(1, residual.ResidualShare);
        Near(Numbers(expected), Numbers(residual.Predict(problem.Inputs, expected)), 2e-5);
    }

    /// <summary>Outcomes shuffled among the subjects, on top of their own mean: the residual is left out of most, and the findings say so. Chance lets a few through.</summary>
    [Fact]
    public void Property_NothingToFind_TheStartIsKeptAndSaidSo()
    {
        var problem = Problem("binary", 200);
        var occurred = ((BinaryOutcome)problem.Outcome).Occurred;
        var mean = occurred.Average(o => o ? 1.0 : 0);
        var start = new ClassProbabilities([.. Enumerable.Repeat(new[] { 1 - mean, mean }, 200).SelectMany(p => p)], 2);
        var keptCount = 0;
        for (var shuffle = 0u; shuffle < 10; shuffle++)
        {
            var shuffled = occurred.ToArray();
            MadeUpSubjects.Stream(100 + shuffle).Shuffle(shuffled.AsSpan());
            var noise = new LearningProblem(problem.Inputs, new BinaryOutcome(shuffled));
            var predictor = MadeUpSubjects.With(c => new NetworkLearner(Small with { MemberCount = 5 }).Fit(noise, c, start));
            output.WriteLine(predictor.Findings[^1]);
            if (predictor.ResidualShare > 0)
            {
                keptCount++;
                continue;
            }

            Assert.Contains(predictor.Findings, f => f.StartsWith("The network does not help", StringComparison.Ordinal));
            Near(start.Values, Numbers(predictor.Predict(noise.Inputs, start)), 1e-6);
        }

        Assert.InRange(keptCount, 0, 2);
    }

    /// <summary>A wrong start is mended: the residual is kept, and the loss falls.</summary>
    [Fact]
    public void Property_SomethingToFind_TheResidualIsKept()
    {
        var problem = Problem("binary", 200);
        var start = new ClassProbabilities([.. Enumerable.Repeat(0.5, 400)], 2);
        var predictor = MadeUpSubjects.With(c => new NetworkLearner(Small with { EpochCount = 30, MemberCount = 5 }).Fit(problem, c, start));
        Assert.True(predictor.ResidualShare > 0);
    }

    /// <summary>Three folds by hand: the first two reach their best after one epoch and the third gets worse from the first on. Folds one and two are asked after no epoch
    /// (the others lose more than they gain), the third after one.</summary>
    [Fact]
    public void ClosedForm_CrossedGain_LetsNoFoldJudgeItsOwnChoice()
    {
        var (gain, error) = ResidualShare.CrossedGain([[1, 0.8, 0.9], [1, 0.9, 1], [1, 1.3]]);
        Assert.Equal((0 + 0 - 0.3) / 3, gain, 1e-12);
        Assert.Equal(Math.Sqrt(((0.1 * 0.1 * 2) + (0.2 * 0.2)) / 2 / 3), error, 1e-12);
    }

    [Theory]
    [MemberData(nameof(Outcomes))]
    public void Property_Predictions_HaveTheirShapesAndBounds(string kind)
    {
        var problem = Problem(kind, 60);
        var predictions = Fit(problem, Small).Predict(problem.Inputs);
        Assert.Equal(60, predictions.Count);
        switch (predictions)
        {
            case ClassProbabilities classes:
                for (var i = 0; i < 60; i++)
                {
                    var row = classes.Values.AsSpan(i * classes.ClassCount, classes.ClassCount).ToArray();
                    Assert.Equal(1, row.Sum(), 1e-9);
                    Assert.All(row, p => Assert.InRange(p, 0, 1));
                }

                break;
            case SurvivalPredictions survival:
                var times = survival.GridDays.Length;
                Assert.Equal(0, survival.GridDays[0]);
                for (var k = 0; k < survival.Survival.Length; k++)
                {
                    Assert.True(k % times == 0 ? survival.Survival[k] == 1 : survival.Survival[k] <= survival.Survival[k - 1] && survival.Survival[k] >= 0);
                }

                break;
            case CumulativeIncidencePredictions incidence:
                Assert.Equal(2, incidence.EventCount);
                Assert.All(incidence.Incidence, p => Assert.InRange(p, 0, 1));
                break;
            default:
                Assert.All(((ContinuousPredictions)predictions).StandardDeviation, d => Assert.True(d > 0));
                break;
        }
    }

    /// <summary>Same bytes on 1, 2 and 4 threads, and with the subjects in another order.</summary>
    [Theory]
    [InlineData(FusionKind.Early)]
    [InlineData(FusionKind.Late)]
    [InlineData(FusionKind.Bottleneck)]
    public void Property_ThreadsAndOrderOfSubjects_ChangeNothing(FusionKind fusion)
    {
        var problem = Problem("survival", 60);
        var options = Small with { Fusion = fusion, MemberCount = 3, IsBootstrapped = true };
        var expected = Numbers(Fit(problem, options, threadCount: 1).Predict(problem.Inputs));
        Assert.Equal(expected, Numbers(Fit(problem, options, threadCount: 2).Predict(problem.Inputs)));
        Assert.Equal(expected, Numbers(Fit(problem, options, threadCount: 4).Predict(problem.Inputs)));
        int[] order = [.. Enumerable.Range(0, 60).Select(i => i * 7 % 60)];
        Assert.Equal(expected, Numbers(Fit(problem.Take(order), options).Predict(problem.Inputs)));
        Assert.NotEqual(expected, Numbers(Fit(problem, options, seed: 8).Predict(problem.Inputs)));
    }

    /// <summary>Outcomes of subjects of weight 0 move, without passing one another, so that the folds stay: not a bit of the predictions moves.</summary>
    [Fact]
    public void Property_WeightOfZero_LeavesTheOutcomeWithoutInfluence()
    {
        var problem = Problem("continuous", 60);
        double[] weights = [.. Enumerable.Range(0, 60).Select(i => i < 8 ? 0.0 : 1 + (i % 2))];
        var values = ((ContinuousOutcome)problem.Outcome).Values;
        var moved = values.Select((v, i) => i < 8 ? v + (0.4 * values.Where(w => w > v).DefaultIfEmpty(v + 1).Min(w => w - v)) : v).ToArray();
        double[] Of(double[] outcomes, double[]? of) =>
            Numbers(Fit(new LearningProblem(problem.Inputs, new ContinuousOutcome(outcomes, "mg/dL"), of), Small).Predict(problem.Inputs));
        Assert.Equal(Of(values, weights), Of(moved, weights));
        Assert.NotEqual(Of(values, null), Of(moved, null));
        Assert.NotEqual(Of(values, weights), Of(values, null));
    }

    [Fact]
    public void Error_TooFewSubjectsOrEvents_AreRefusedWithTheirNumber()
    {
        var few = Assert.Throws<UnlearnableException>(() => Fit(Problem("binary", 20), Small));
        Assert.Contains("20 training subjects", few.Message, StringComparison.Ordinal);
        var problem = Problem("survival", 60);
        var outcome = (SurvivalOutcome)problem.Outcome;
        var rare = new LearningProblem(problem.Inputs, outcome with { HadEvent = [.. Enumerable.Range(0, 60).Select(i => i < 3)] });
        Assert.Contains("3 events", Assert.Throws<UnlearnableException>(() => Fit(rare, Small)).Message, StringComparison.Ordinal);
        var oneClass = new LearningProblem(problem.Inputs, new BinaryOutcome(new bool[60]));
        Assert.Contains("0 subjects with the rarer outcome", Assert.Throws<UnlearnableException>(() => Fit(oneClass, Small)).Message, StringComparison.Ordinal);
        var nothing = new LearningProblem(new SubjectInputs(problem.Inputs.Subjects, [], []), outcome);
        Assert.Contains("nothing to predict from", Assert.Throws<UnlearnableException>(() => Fit(nothing, Small)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_WithAndWithoutAStart_DoNotMix()
    {
        var problem = Problem("binary", 60);
        var start = new ClassProbabilities([.. Enumerable.Repeat(0.5, 120)], 2);
        var alone = (NetworkPredictor)Fit(problem, Small);
        var onTop = MadeUpSubjects.With(c => new NetworkLearner(Small).Fit(problem, c, start));
        Assert.Throws<InvalidOperationException>(() => alone.Predict(problem.Inputs, start));
        Assert.Throws<InvalidOperationException>(() => onTop.Predict(problem.Inputs));
        Assert.Throws<ArgumentException>(() => onTop.Predict(problem.Inputs, start.Take([0, 1])));
        Assert.Throws<ArgumentException>(() => MadeUpSubjects.With(c => new NetworkLearner(Small).Fit(problem, c, start.Take([0]))));
    }

    [Fact]
    public void Error_Cancelled_Stops()
    {
        using var backend = new SimdBackend(1);
        using var source = new CancellationTokenSource();
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => new NetworkLearner(Small).Fit(Problem("binary", 60), new LearningContext(1, backend, 1, source.Token)));
    }

    public static TheoryData<string> Outcomes() => ["binary", "categorical", "ordinal", "continuous", "survival", "competing"];

    internal static LearningProblem Problem(string kind, int count)
    {
        var (a, b, c) = (MadeUpSubjects.Gaussians(count, 3), MadeUpSubjects.Gaussians(count, 4), MadeUpSubjects.Gaussians(count, 5));
        var ids = MadeUpSubjects.Ids(count);
        var group = a.Select((x, i) => (short)(i % 7 == 0 ? -1 : x > 0 ? 1 : 0)).ToArray();
        var inputs = new SubjectInputs(
            ids,
            [MadeUpSubjects.Number("a", [.. a.Select((x, i) => i % 5 == 1 ? double.NaN : x)]), MadeUpSubjects.Number("b", [.. b.Select((x, i) => i % 35 == 21 ? double.NaN : x)]), MadeUpSubjects.Level("group", group, "no", "yes")],
            [MadeUpSubjects.Layer("image", ids, ["e1", "e2", "e3"], (i, f) => i % 6 == 0 ? double.NaN : c[i] + f)]);
        var score = a.Select((x, i) => x + (0.5 * c[(i + 1) % count])).ToArray();
        var time = score.Select((s, i) => Math.Round(100 * Math.Exp(-s) + 1 + (i % 3))).ToArray();
        OutcomeData outcome = kind switch
        {
            "binary" => new BinaryOutcome([.. score.Select(s => s > 0)]),
            "categorical" => new CategoricalOutcome([.. score.Select(s => s < -0.5 ? 0 : s < 0.5 ? 1 : 2)], ["x", "y", "z"], false),
            "ordinal" => new CategoricalOutcome([.. score.Select(s => s < -0.5 ? 0 : s < 0.5 ? 1 : 2)], ["low", "middle", "high"], true),
            "continuous" => new ContinuousOutcome([.. score.Select(s => 100 + (10 * s))], "mg/dL"),
            "survival" => new SurvivalOutcome(time, [.. Enumerable.Range(0, count).Select(i => i % 4 != 0)], Duration.FromDays(time.Max())),
            _ => new CompetingRisksOutcome(time, [.. Enumerable.Range(0, count).Select(i => (byte)(i % 3))], ["death", "relapse"], Duration.FromDays(time.Max())),
        };
        return new LearningProblem(inputs, outcome);
    }

    internal static IOutcomePredictor Fit(LearningProblem problem, NetworkLearnerOptions options, int threadCount = 2, ulong seed = 7) =>
        MadeUpSubjects.With(c => new NetworkLearner(options).Fit(problem, c), seed, threadCount);

    internal static double[] Numbers(OutcomePredictions predictions) => predictions switch
    {
        ClassProbabilities classes => classes.Values,
        SurvivalPredictions survival => survival.Survival,
        CumulativeIncidencePredictions incidence => incidence.Incidence,
        ContinuousPredictions continuous => [.. continuous.Mean, .. continuous.StandardDeviation],
        _ => throw new ArgumentException("Unknown predictions."),
    };

    internal static void Near(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], tolerance);
        }
    }
}
