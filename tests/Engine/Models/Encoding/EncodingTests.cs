using DigitalTwin.Models.Encoding;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Encoding;

public sealed class EncodingTests
{
    [Fact]
    public void ClosedForm_StandardizedCovariates_UseMeanAndDeviationOfTraining()
    {
        var encoding = CovariateEncoding.FitStandardized([Age(40, 60, double.NaN), Grade(0, 1, 2)]);

        var matrix = encoding.Encode([Age(70, double.NaN), Grade(-1, 2)], 2);

        Assert.Equal(["age", "age (missing)", "grade=2", "grade=3"], matrix.Names);
        Assert.Equal(2, matrix.Row(0)[0], 12); // (70 - 50) / 10
        Assert.Equal(0, matrix.Row(1)[0]); // missing: the mean
        Assert.True(matrix.Row(1)[1] > 0 && matrix.Row(0)[1] < 0);
        Assert.Equal(0, matrix.Row(0)[2]); // missing level
        Assert.True(matrix.Row(1)[3] > 0);
    }

    [Fact]
    public void ClosedForm_RawCovariates_KeepMissingValues()
    {
        var matrix = CovariateEncoding.FitRaw([Age(40, 60), Grade(0, 1)]).Encode([Age(double.NaN), Grade(2)], 1);

        Assert.Equal([double.NaN, 0, 0, 1], matrix.Row(0).ToArray());
    }

    [Fact]
    public void Error_OtherLevelsThanInTraining_AreNamed()
    {
        var encoding = CovariateEncoding.FitStandardized([Grade(0, 1)]);
        var other = new CategoricalColumn(new Variable("grade", VariableType.Categorical, VariableRole.Covariate, "", "grade", null, ["1", "2"]), [0]);

        Assert.Contains("grade", Assert.Throws<ArgumentException>(() => encoding.Encode([other])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedForm_ALayersHeavyTailDoesNotSetItsScale()
    {
        // Nine even steps and one value far out: its score is that of the tenth of ten, whatever its size.
        var layer = Layer([0, 1, 2, 3, 4, 5, 6, 7, 8, 1e6f]);
        var encoding = LayerEncoding.Fit(layer);

        var matrix = encoding.Encode(layer);

        Assert.Equal(0, matrix.Values.Sum(), 5);
        Assert.Equal(10, matrix.Values.Sum(v => v * v), 4);
        Assert.Equal(-matrix.Values[0], matrix.Values[9], 5); // scores of ranks are symmetric
        Assert.Equal(1.546635 / 0.892036, matrix.Values[9], 3); // Blom's score of rank 10 of 10 over the deviation of the ten scores, R: qnorm((1:10 - 3/8) / 10.25)
        Assert.Equal(matrix.Values[9], encoding.Encode(Layer([2e6f])).Values[0], 6);
    }

    [Fact]
    public void Property_ConstantAndAbsentFeaturesAreLeftOut()
    {
        var layer = new SubjectLayer(
            new OmicsLayer("rna", "1", ["A", "B", "C"], [1, 5, float.NaN, 2, 5, float.NaN]), [new SubjectId("a"), new SubjectId("b")]);

        Assert.Equal(["rna:A"], LayerEncoding.Fit(layer).Names);
    }

    private static SubjectLayer Layer(float[] values) =>
        new(new OmicsLayer("rna", "1", ["A"], values), [.. values.Select((_, i) => new SubjectId($"S{i}"))]);

    private static NumericColumn Age(params double[] values) =>
        new(new Variable("age", VariableType.Continuous, VariableRole.Covariate, "a", "age", null, []), values);

    private static CategoricalColumn Grade(params short[] codes) =>
        new(new Variable("grade", VariableType.Categorical, VariableRole.Covariate, "", "grade", null, ["1", "2", "3"]), codes);
}
