using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Twins;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Twins;

public sealed class TwinLearnerTests
{
    private static readonly NetworkLearnerOptions s_small = new() { EpochCount = 60, TokenWidth = 16, HiddenWidth = 32 };

    // The outcome is an exclusive or of two signs: no sum of the two can tell it, a network can.
    [Fact]
    public void ClosedForm_WhereALinearModelIsBlind_TheTwinLeansOnItsNetwork()
    {
        var problem = Signs(600, x => x[0] * x[1] > 0 ? 0.9 : 0.1);
        var twin = Fit(new TwinLearner(new TwinLearnerOptions { Network = s_small, Linear = new LateFusedLinearLearner(LinearTuningOptions.Default with { Features = LinearFeatureOptions.Default with { WithProducts = false } }) }), problem);

        Assert.True(Loss(twin, Signs(600, x => x[0] * x[1] > 0 ? 0.9 : 0.1, seed: 2)) < 0.5, twin.Findings[0]);
        Assert.Contains("network", twin.Findings[0], StringComparison.Ordinal);
    }

    [Fact]
    public void Property_WhereTheOutcomeIsLinear_TheTwinIsNoWorseThanTheLinearModel()
    {
        var (problem, others) = (Signs(300, Linear), Signs(2000, Linear, seed: 2));

        var twin = Loss(Fit(new TwinLearner(new TwinLearnerOptions { Network = s_small, Beside = [new BoostedTreesLearner()] }), problem), others);
        var linear = Loss(Fit(new LateFusedLinearLearner(), problem), others);

        // Three standard errors of a difference of losses of 2,000 subjects that deviate by 0.1 from each other.
        Assert.True(twin < linear + 0.007, $"twin {twin}, linear {linear}");

        static double Linear(double[] x) => 1 / (1 + Math.Exp(-x[0] - (0.5 * x[2])));
    }

    [Fact]
    public void Property_AnyPartThatIsMissingCanBePredictedFrom()
    {
        var problem = Signs(200, x => x[0] > 0 ? 0.8 : 0.2);
        var twin = Fit(new TwinLearner(new TwinLearnerOptions { Network = s_small }), problem);
        var empty = problem.Inputs.With(layers: [problem.Inputs.Layers[0].With("1", ["A", "B"], [.. Enumerable.Repeat(float.NaN, 400)])]);

        var predictions = (ClassProbabilities)twin.Predict(empty);

        Assert.All(predictions.Values, p => Assert.InRange(p, 0, 1));
    }

    [Fact]
    public void Property_APartThatCannotBeLearnt_IsLeftOutAndNamed()
    {
        var problem = Signs(100, x => x[0] > 0 ? 0.8 : 0.2);
        var wanting = new LogisticLearner(new PlainRegressionOptions { ComponentCount = 2, ComponentLayer = "absent" });

        var twin = Fit(new TwinLearner(new TwinLearnerOptions { Network = null, BesideLayers = [wanting] }), problem);

        Assert.Contains(twin.Findings, f => f.Contains("left out", StringComparison.Ordinal) && f.Contains("'absent'", StringComparison.Ordinal));
    }

    [Fact]
    public void Property_OneAndThreeThreads_GiveTheSameBytes()
    {
        var problem = Signs(150, x => x[0] > 0 ? 0.8 : 0.2);
        var learner = new TwinLearner(new TwinLearnerOptions { Network = s_small with { EpochCount = 5 }, Beside = [new BoostedTreesLearner()] });

        var one = (ClassProbabilities)Fit(learner, problem, 1).Predict(problem.Inputs);
        var three = (ClassProbabilities)Fit(learner, problem, 3).Predict(problem.Inputs);

        Assert.Equal(one.Values, three.Values);
    }

    private static IOutcomePredictor Fit(IOutcomeLearner learner, LearningProblem problem, int threads = 2)
    {
        using var backend = new SimdBackend(threads);
        return learner.Fit(problem, new LearningContext(4, backend, threads, CancellationToken.None));
    }

    private static double Loss(IOutcomePredictor predictor, LearningProblem problem) =>
        -PredictionPool.Likelihoods(predictor.Predict(problem.Inputs), problem.Outcome).Average(Math.Log);

    // Two covariates and a layer of two genes.
    private static LearningProblem Signs(int count, Func<double[], double> probability, uint seed = 1)
    {
        var stream = new RandomStream(new StreamKey(41, 0, 0, seed, RandomPurpose.Outcome));
        var x = Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, 4).Select(_ => stream.NextGaussian()).ToArray()).ToArray();
        SubjectId[] subjects = [.. Enumerable.Range(0, count).Select(i => new SubjectId($"S{seed}-{i:D5}"))];
        var layer = new SubjectLayer(new OmicsLayer("rna", "1", ["A", "B"], [.. x.SelectMany(r => new[] { (float)r[2], (float)r[3] })]), subjects);
        return new LearningProblem(
            new SubjectInputs(subjects, [Column(0), Column(1)], [layer]), new BinaryOutcome([.. x.Select(r => stream.NextDouble() < probability(r))]));

        NumericColumn Column(int k) => new(new Variable($"x{k}", VariableType.Continuous, VariableRole.Covariate, "1", "x", null, []), [.. x.Select(r => r[k])]);
    }
}
