using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Explanation.Shapley;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Engine.Models.LinearModels;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Shapley;

public sealed class ShapleyValuesTests
{
    private static readonly ExplainedQuantity _mean = new();

    [Fact]
    public void ClosedForm_OfAnAdditiveModel_AreItsTermsLessTheirTrainingMeans()
    {
        var training = Random("t", 16);
        var subject = StatedModel.Subjects("s", [[1, 2]], [[0.5, -1, 3]]);
        var model = new StatedModel(x => (2 * x[0]) + (x[1] * x[1]) - x[2] + (x[3] * x[4]));

        // 32 samples use each of 16 training subjects twice: means over them are exact.
        var found = ShapleyValues.Explain(model, subject, training, Groups(subject), _mean, new ShapleyOptions { SampleCount = 32 });

        double[][] numbers = [.. Enumerable.Range(0, 16).Select(i => StatedModel.Numbers(training, i))];
        Assert.Equal(2 - numbers.Average(n => 2 * n[0]), Value(found, "x0"), 6);
        Assert.Equal(4 - numbers.Average(n => n[1] * n[1]), Value(found, "x1"), 6);
        Assert.Equal(-0.5 + numbers.Average(n => n[2]), Value(found, "first"), 6);
        Assert.Equal(-3 - numbers.Average(n => n[3] * n[4]), Value(found, "pair"), 6);
    }

    [Fact]
    public void ClosedForm_OfAProduct_IsSharedEqually()
    {
        var training = StatedModel.Subjects("t", [[0, 0], [0, 0]]);
        var subject = StatedModel.Subjects("s", [[3, 4]]);

        var found = ShapleyValues.Explain(new StatedModel(x => x[0] * x[1]), subject, training, FeatureGroup.Apart(subject, Names("x0", "x1")), _mean, new ShapleyOptions { SampleCount = 2 });

        Assert.All(found.Values, v => Assert.Equal(6, v.Value, 9));
        Assert.Equal((0.0, 12.0), (found.Baseline, found.Output));
    }

    [Fact]
    public void Property_ValuesAddUp_AndNothingDependsOnThreadsOrTheOrderOfTraining()
    {
        var training = Random("t", 40);
        var subject = StatedModel.Subjects("s", [[1, 2]], [[0.5, -1, 3]]);
        var model = new StatedModel(x => Math.Tanh(x[0] * x[1]) + (x[2] * x[3] * x[4]) + Math.Exp(0.1 * x[0] * x[4]));
        int[] reversed = [.. Enumerable.Range(0, 40).Reverse()];

        var one = ShapleyValues.Explain(model, subject, training, Groups(subject), _mean, new ShapleyOptions { SampleCount = 50 });
        var other = ShapleyValues.Explain(model, subject, training.Take(reversed), Groups(subject), _mean, new ShapleyOptions { SampleCount = 50, ThreadCount = 4 });

        Assert.Equal(one.Output - one.Baseline, one.Values.Sum(v => v.Value), 9);
        Assert.Equal(one.Values, other.Values);
    }

    [Fact]
    public void Property_TheStandardErrorIsThatOfRepeatedSampling()
    {
        var training = Random("t", 1000);
        var subject = StatedModel.Subjects("s", [[1, 2]], [[0.5, -1, 3]]);
        var model = new StatedModel(x => (x[0] * x[1] * x[2]) + x[3]);
        ShapleyValues[] runs = [.. Enumerable.Range(0, 60).Select(s => ShapleyValues.Explain(
            model, subject, training, Groups(subject), _mean, new ShapleyOptions { SampleCount = 40, Seed = (ulong)s }))];

        var values = runs.Select(r => Value(r, "x0")).ToArray();
        var deviation = Math.Sqrt(values.Sum(v => Math.Pow(v - values.Average(), 2)) / (values.Length - 1));
        var stated = runs.Average(r => r.Values.First(v => v.Name == "x0").StandardError);

        Assert.InRange(stated / deviation, 0.75, 1.33); // three standard errors of a deviation over 60 runs
    }

    [Fact]
    public void Property_AFeatureThatTheModelDoesNotReadHasNothing_AndArmsAreReplacedOnlyWhenAsked()
    {
        var cohort = new LayeredSubjects(30, withTreatments: true);
        var subject = cohort.Inputs.Take([3]);
        var model = new ArmModel();

        var without = ShapleyValues.Explain(model, subject, cohort.Inputs, FeatureGroup.Modalities(subject), _mean, new ShapleyOptions { SampleCount = 30 });
        var with = ShapleyValues.Explain(model, subject, cohort.Inputs, FeatureGroup.Modalities(subject, withTreatment: true), _mean, new ShapleyOptions { SampleCount = 30 });

        var arms = cohort.Inputs.Treatments!.Indices.ToArray();
        Assert.All(without.Values, v => Assert.Equal(0, v.Value));
        Assert.Equal(arms[3] - arms.Average(), Value(with, "treatment"), 9);
        Assert.All(with.Values.Where(v => v.Name != "treatment"), v => Assert.Equal(0, v.Value));
    }

    [Fact]
    public void Error_GroupsThatOverlap_UnknownNames_AndOtherLayers_AreSaidByName()
    {
        var training = Random("t", 20);
        var subject = StatedModel.Subjects("s", [[1, 2]], [[0.5, -1, 3]]);
        var model = new StatedModel(x => x[0]);
        FeatureGroup[] twice = [new("a", Names("x0")), new("b", Names("x0"))];

        Assert.Contains("'x0' is in the group 'a' and in 'b'", Fault(subject, twice), StringComparison.Ordinal);
        Assert.Contains("nearest name is 'rna:G1'", Fault(subject, [new("a", [new FeatureName("rna", "G11")])]), StringComparison.Ordinal);
        Assert.Contains("Give every layer", Fault(StatedModel.Subjects("s", [[1, 2]]), twice), StringComparison.Ordinal);

        string Fault(SubjectInputs of, FeatureGroup[] groups) => Assert.Throws<ArgumentException>(() => ShapleyValues.Explain(model, of, training, groups, _mean)).Message;
    }

    private static FeatureGroup[] Groups(SubjectInputs subject) =>
    [
        .. FeatureGroup.Apart(subject, Names("x0", "x1")).Take(2),
        new("first", [new FeatureName("rna", "G0")]),
        new("pair", [new FeatureName("rna", "G1"), new FeatureName("rna", "G2")]),
    ];

    private static FeatureName[] Names(params string[] covariates) => [.. covariates.Select(c => new FeatureName(FeatureName.Covariates, c))];

    private static double Value(ShapleyValues values, string name) => values.Values.First(v => v.Name == name).Value;

    private static SubjectInputs Random(string prefix, int count)
    {
        var stream = new RandomStream(new StreamKey(9, 0, 0, 0, RandomPurpose.Outcome));
        double[][] covariates = [.. Enumerable.Range(0, count).Select(_ => new[] { stream.NextGaussian(), stream.NextGaussian() })];
        double[][] genes = [.. Enumerable.Range(0, count).Select(_ => new[] { stream.NextGaussian(), stream.NextGaussian(), stream.NextGaussian() })];
        return StatedModel.Subjects(prefix, covariates, genes);
    }

    private sealed class ArmModel : IOutcomePredictor
    {
        public OutcomePredictions Predict(SubjectInputs inputs)
        {
            double[] means = [.. inputs.Treatments!.Indices.ToArray().Select(k => inputs.Treatments.Treatments[k].Arm == new ArmId("drug") ? 1.0 : 0)];
            return new ContinuousPredictions(means, [.. means.Select(_ => 1.0)]);
        }
    }
}
