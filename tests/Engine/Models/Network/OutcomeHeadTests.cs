using DigitalTwin.Models.Network.Heads;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Training;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Network;

public sealed class OutcomeHeadTests
{
    private static readonly string[] Levels = ["low", "middle", "high", "highest"];
    private static readonly double[] Ones = [1, 1, 1, 1, 1, 1];

    /// <summary>The loss of a head is the negative logarithm of the probability that it predicts for what was seen.</summary>
    [Fact]
    public void ClosedForm_LossOfClasses_IsMinusLogProbability()
    {
        var binary = new BinaryOutcome([true, false, true, false, true, true]);
        var ordinal = new CategoricalOutcome([0, 1, 2, 3, 2, 1], Levels, true);
        var categorical = new CategoricalOutcome([0, 1, 2, 3, 2, 1], Levels, false);
        Check(new BinaryHead(binary, Ones), binary, [0.7f], i => binary.Occurred[i] ? 1 : 0);
        Check(new OrdinalHead(ordinal, Ones), ordinal, [-1.2f, 0.1f, 2.3f], i => ordinal.Codes[i]);
        Check(new CategoricalHead(categorical, Ones), categorical, [-1.2f, 0.1f, 2.3f, 0.4f], i => categorical.Codes[i]);

        static void Check(IOutcomeHead head, OutcomeData outcome, float[] outputs, Func<int, int> level)
        {
            var predicted = (ClassProbabilities)head.Predict([outputs]);
            for (var i = 0; i < outcome.Count; i++)
            {
                Assert.Equal(-Math.Log(predicted[0, level(i)]), LossOf(head, outcome.Take([i]), outputs), 1e-5);
            }
        }
    }

    /// <summary>A censored subject loses minus the logarithm of its survival at that time; one with an event minus that of the mass of its interval.</summary>
    [Fact]
    public void ClosedForm_LossOfSurvival_IsMinusLogLikelihoodOfTheCurve()
    {
        var outcome = new SurvivalOutcome([10, 20, 30, 40, 26, 50], [true, true, true, true, false, false], Duration.FromDays(60));
        var head = new HazardHead(FollowedSubjects.Of(outcome), Ones, 4, 2);
        float[] outputs = [-1f, -0.5f, 0.3f, -2f];
        var curve = (SurvivalPredictions)head.Predict([outputs]);
        double[] ends = [0, 10, 20, 30, 40];
        for (var j = 1; j < ends.Length; j++)
        {
            Assert.Equal(Math.Exp(-Math.Exp(outputs[j - 1])), curve.At(0, ends[j]) / curve.At(0, ends[j - 1]), 1e-6);
            Assert.Equal(-Math.Log(curve.At(0, ends[j - 1]) - curve.At(0, ends[j])), LossOf(head, outcome.Take([j - 1]), outputs), 1e-5);
        }

        Assert.Equal(-Math.Log(curve.At(0, 26)), LossOf(head, outcome.Take([4]), outputs), 1e-5);
        Assert.Equal(-Math.Log(curve.At(0, 40)), LossOf(head, outcome.Take([5]), outputs), 1e-5);
    }

    [Fact]
    public void ClosedForm_LossOfCompetingRisks_IsMinusLogLikelihoodOfTheIncidence()
    {
        var outcome = new CompetingRisksOutcome([10, 20, 30, 40, 26, 50], [1, 2, 2, 1, 0, 0], ["a", "b"], Duration.FromDays(60));
        var head = new HazardHead(FollowedSubjects.Of(outcome), Ones, 4, 2);
        float[] outputs = [-1f, -0.5f, 0.3f, -2f, -1.5f, -1f, 0.2f, -0.7f];
        var curve = (CumulativeIncidencePredictions)head.Predict([outputs]);
        var times = curve.GridDays.Length;
        double At(int kind, double days) => curve.Incidence[(kind * times) + Array.IndexOf(curve.GridDays, days)];
        double[] ends = [0, 10, 20, 30, 40];
        for (var i = 0; i < 4; i++)
        {
            var kind = outcome.Status[i] - 1;
            Assert.Equal(-Math.Log(At(kind, ends[i + 1]) - At(kind, ends[i])), LossOf(head, outcome.Take([i]), outputs), 1e-5);
        }

        Assert.Equal(-Math.Log(1 - At(0, 26) - At(1, 26)), LossOf(head, outcome.Take([4]), outputs), 1e-5);
        Assert.Equal(-Math.Log(1 - At(0, 40) - At(1, 40)), LossOf(head, outcome.Take([5]), outputs), 1e-5);
    }

    /// <summary>A normal density, but for the constant log(2 pi) / 2 and the scale of the training outcomes.</summary>
    [Fact]
    public void ClosedForm_LossOfContinuous_IsTheNormalDensity()
    {
        var outcome = new ContinuousOutcome([1, 2, 3, 4, 5, 9], "mg/dL");
        var head = new ContinuousHead(outcome, Ones);
        var predicted = (ContinuousPredictions)head.Predict([[0.4f, -0.6f]]);
        var scale = Math.Sqrt(outcome.Values.Average(v => (v - 4) * (v - 4)));
        for (var i = 0; i < outcome.Count; i++)
        {
            var z = (outcome.Values[i] - predicted.Mean[0]) / predicted.StandardDeviation[0];
            Assert.Equal((z * z / 2) + Math.Log(predicted.StandardDeviation[0] / scale), LossOf(head, outcome.Take([i]), [0.4f, -0.6f]), 1e-5);
        }
    }

    /// <summary>A mixture of two: the mean of the means, and the variance between and within.</summary>
    [Fact]
    public void ClosedForm_EnsembleOfContinuous_IsAMixture()
    {
        var head = new ContinuousHead(new ContinuousOutcome([-1, 1], "1"), [1, 1]);
        var predicted = (ContinuousPredictions)head.Predict([[1f, 0f], [3f, (float)Math.Log(4)]]);
        Assert.Equal(2, predicted.Mean[0], 1e-6);
        Assert.Equal(Math.Sqrt(1 + ((1 + 4) / 2.0)), predicted.StandardDeviation[0], 1e-6);
    }

    /// <summary>Outputs made of another model's predictions predict the same.</summary>
    [Fact]
    public void Property_OffsetsOfAModel_PredictWhatItPredicts()
    {
        var ordinal = new OrdinalHead(new CategoricalOutcome([0, 1, 2, 3], Levels, true), [1, 1, 1, 1]);
        var classes = new ClassProbabilities([0.1, 0.2, 0.3, 0.4, 0.7, 0.1, 0.1, 0.1], 4);
        Near(classes.Values, ((ClassProbabilities)ordinal.Predict([ordinal.Offsets(classes)])).Values);
        var categorical = new CategoricalHead(new CategoricalOutcome([0, 1, 2, 3], Levels, false), [1, 1, 1, 1]);
        Near(classes.Values, ((ClassProbabilities)categorical.Predict([categorical.Offsets(classes)])).Values);
        var binary = new BinaryHead(new BinaryOutcome([true, false]), [1, 1]);
        var two = new ClassProbabilities([0.9, 0.1, 0.35, 0.65], 2);
        Near(two.Values, ((ClassProbabilities)binary.Predict([binary.Offsets(two)])).Values);
        var continuous = new ContinuousHead(new ContinuousOutcome([1, 5], "1"), [1, 1]);
        var normal = (ContinuousPredictions)continuous.Predict([continuous.Offsets(new ContinuousPredictions([2, 7], [0.5, 3]))]);
        Near([2, 7], normal.Mean);
        Near([0.5, 3], normal.StandardDeviation);
        var outcome = new CompetingRisksOutcome([10, 20, 30, 40], [1, 2, 2, 1], ["a", "b"], Duration.FromDays(60));
        var hazards = new HazardHead(FollowedSubjects.Of(outcome), [1, 1, 1, 1], 4, 2);
        var start = new CumulativeIncidencePredictions([0, 10, 20, 30, 40], [0, 0.1, 0.2, 0.25, 0.3, 0, 0.05, 0.2, 0.3, 0.45], 2);
        var after = (CumulativeIncidencePredictions)hazards.Predict([hazards.Offsets(start)]);
        var places = start.GridDays.Select(d => Array.IndexOf(after.GridDays, d)).ToArray();
        Near(start.Incidence, [.. Enumerable.Range(0, 2).SelectMany(e => places.Select(p => after.Incidence[(e * after.GridDays.Length) + p]))]);

        static void Near(double[] expected, double[] actual)
        {
            Assert.Equal(expected.Length, actual.Length);
            for (var k = 0; k < expected.Length; k++)
            {
                Assert.Equal(expected[k], actual[k], 2e-5);
            }
        }
    }

    /// <summary>Legendre polynomials at -1, 0, 1.</summary>
    [Fact]
    public void ClosedForm_TimeBasis_IsLegendre()
    {
        float[] expected = [1, 1, 1, -1, 0, 1, 1, -0.5f, 1];
        Assert.Equal(expected, TimeBasis.Of(3, 3, 1));
    }

    [Fact]
    public void Error_PredictionsOfAnotherKind_AreRefused()
    {
        var head = new BinaryHead(new BinaryOutcome([true, false]), [1, 1]);
        var error = Assert.Throws<ArgumentException>(() => head.Offsets(new ContinuousPredictions([1], [1])));
        Assert.Contains("2 classes", error.Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => head.Offsets(new ClassProbabilities([0.2, 0.3, 0.5], 3)));
    }

    private static double LossOf(IOutcomeHead head, OutcomeData outcome, float[] outputs)
    {
        using var backend = new SimdBackend(1);
        using var tape = new Tape(backend);
        using var ofOutputs = new SubjectMatrix(backend, "outputs", outputs, 1, head.OutputCount);
        using var targets = new SubjectMatrix(backend, "targets", head.Targets(outcome, [1]), 1, head.TargetCount);
        var number = new float[1];
        backend.Download(head.Loss(tape, ofOutputs.On(tape, [0]), targets.On(tape, [0])).Value, number);
        return number[0];
    }
}
