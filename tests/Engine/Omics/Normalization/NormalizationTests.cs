using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Omics.Normalization;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Normalization;

/// <summary>Against limma and base R (tests/Reference/omics/normalization.R): ten subjects train, four are new.</summary>
public sealed class NormalizationTests
{
    private const int Features = 9;
    private const int TrainingCount = 10;

    private static readonly ReferenceValues s_reference = ReferenceData.Values("omics/normalization.csv");
    private static readonly SubjectId[] s_subjects = LayerText.Subjects(14);

    public static TheoryData<string, string, string, IOmicsTransform> Elementwise() => new()
    {
        { "intensity", "log", "base2", new LogTransform() },
        { "intensity", "log", "natural", new LogTransform(Math.E) },
        { "intensity", "log", "offset", new LogTransform(10, 0.5) },
        { "beta", "mvalues", "offset", new MethylationMValues() },
        { "intensity", "anscombe", "values", VarianceStabilization.Anscombe() },
        { "intensity", "arsinh", "cofactor5", VarianceStabilization.InverseHyperbolicSine(5) },
        { "intensity", "clr", "pseudo1", new CenteredLogRatio(1) },
        { "intensity", "robust", "limit2", new RobustScaling(2) },
    };

    [Theory]
    [MemberData(nameof(Elementwise))]
    public void Reference_AllSubjects_MatchR422(string input, string @case, string quantity, IOmicsTransform transform)
    {
        var layer = Input(input);
        var (split, fitted) = Fit(layer, transform);

        var values = LayerText.Values(fitted.Apply(split.Training(layer).Values)).Concat(LayerText.Values(fitted.Apply(split.HeldOut(layer))));

        Agreement.Close(s_reference.Vector(@case, quantity), [.. values], 2e-6, 2e-6);
    }

    [Theory]
    [InlineData("quantile")]
    [InlineData("blom")]
    public void Reference_TrainingAndNewSubjects_MatchLimma354AndR422(string @case)
    {
        var layer = Input("intensity");
        var (split, fitted) = Fit(layer, @case == "quantile" ? new QuantileNormalization() : new RankInverseNormal());

        Agreement.Close(s_reference.Vector(@case, "training"), LayerText.Values(fitted.Apply(split.Training(layer).Values)), 2e-6, 2e-6);
        Agreement.Close(s_reference.Vector(@case, "new"), LayerText.Values(fitted.Apply(split.HeldOut(layer))), 2e-6, 2e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Property_HeldOutValues_DoNotReachTheFit(int which)
    {
        IOmicsTransform transform = which switch { 0 => new QuantileNormalization(), 1 => new RankInverseNormal(), _ => new RobustScaling() };
        var layer = Input("intensity");
        var changed = LayerText.FromNumbers(
            [.. s_reference.Vector("input", "intensity").Select((v, i) => i < TrainingCount * Features ? v : (1000 * v) + 7)], Features);
        var probe = Fit(layer, transform).Split.HeldOut(layer);

        Assert.Equal(LayerText.Values(Fit(layer, transform).Fitted.Apply(probe)), LayerText.Values(Fit(changed, transform).Fitted.Apply(probe)));
    }

    [Fact]
    public void Property_OneSubjectAlone_GetsTheSameValues()
    {
        var layer = Input("intensity");
        var (split, fitted) = Fit(layer, new TransformChain(new LogTransform(), new QuantileNormalization(), new RobustScaling()));
        var heldOut = split.HeldOut(layer);

        Assert.Equal(LayerText.Values(fitted.Apply(heldOut)).Skip(Features), LayerText.Values(fitted.Apply(heldOut.Take([1, 2, 3]))));
    }

    [Fact]
    public void ClosedForm_ConstantFeature_IsCentredOnly()
    {
        var fitted = new RobustScaling().Fit(LayerText.Training(LayerText.Layer("3; 3; 3")));

        Assert.Equal([-1, 0, 2], LayerText.Values(fitted.Apply(LayerText.Named(LayerText.Layer("2; 3; 5")))));
    }

    [Fact]
    public void Error_NegativeValue_IsRefusedByNameWithoutTheValue()
    {
        var training = LayerText.Training(LayerText.Layer("1 2; 3 -77.5"));

        var fault = Assert.Throws<ValueOutOfDomainException>(() => training.After(new LogTransform().Fit(training)));

        Assert.Equal(("f2", "s2", 1), (fault.Feature, fault.Subject, fault.Count));
        Assert.DoesNotContain("77", fault.Message, StringComparison.Ordinal);
        Assert.Contains("layer 'rna', logarithm", fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.5; 1.2")]
    [InlineData("-0.1; 0.5")]
    public void Error_BetaOutsideItsRange_IsRefused(string rows)
    {
        var training = LayerText.Training(LayerText.Layer(rows));

        Assert.Throws<ValueOutOfDomainException>(() => training.After(new MethylationMValues().Fit(training)));
    }

    [Fact]
    public void Error_FeatureThatNoTrainingSubjectHas_IsNamed()
    {
        var training = LayerText.Training(LayerText.Layer("1 -; 2 -"));

        Assert.Equal(["f2"], Assert.Throws<AllMissingFeatureException>(() => new RobustScaling().Fit(training)).Features);
        Assert.Equal(["f2"], Assert.Throws<AllMissingFeatureException>(() => new RankInverseNormal().Fit(training)).Features);
    }

    [Fact]
    public void Error_SubjectWithoutAValue_IsNamed() => Assert.Equal(
        ["s2"],
        Assert.Throws<AllMissingSubjectException>(() => new QuantileNormalization().Fit(LayerText.Training(LayerText.Layer("1 2; - -")))).Subjects);

    /// <summary>What was learnt, told to a new step: bit for bit the same scores, ties and gaps included.</summary>
    [Fact]
    public void Property_ScoresToldAgain_AreTheSame()
    {
        var training = LayerText.Training(LayerText.Layer("1 5; 1 -; 2.5 7; 9 5; -3 6"));
        var learnt = new RankInverseNormal().FitScores(training);
        var told = new NormalScores(learnt.InputUnit, learnt.InputFeatures, learnt.Seen);
        var others = LayerText.Training(LayerText.Layer("0 5; 1 -; 3 5.5; 100 -4; 2.5 6")).Values;

        Assert.Equal([2, 1], [learnt.Seen[0].Counts!.Max(), learnt.Seen[1].Counts!.Min()]);
        for (var s = 0; s < others.SubjectCount; s++)
        {
            Assert.Equal(learnt.Apply(others).Layer.Row(s).ToArray(), told.Apply(others).Layer.Row(s).ToArray());
        }
    }

    [Fact]
    public void Error_TrainingValuesThatContradictThemselves_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new NormalScores("1", ["a"], [new SeenValues([2, 1], null)]));
        Assert.Throws<ArgumentException>(() => new NormalScores("1", ["a"], [new SeenValues([1, 2], [1])]));
        Assert.Throws<ArgumentException>(() => new NormalScores("1", ["a"], [new SeenValues([], null)]));
        Assert.Throws<ArgumentException>(() => new NormalScores("1", ["a", "b"], [new SeenValues([1], null)]));
    }

    private static OmicsLayer Input(string quantity) => LayerText.FromNumbers(s_reference.Vector("input", quantity), Features);

    private static (SubjectSplit Split, FittedTransform Fitted) Fit(OmicsLayer layer, IOmicsTransform transform)
    {
        var split = new SubjectSplit(s_subjects, s_subjects[..TrainingCount], s_subjects[TrainingCount..]);
        return (split, transform.Fit(split.Training(layer)));
    }
}
