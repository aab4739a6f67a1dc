using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Omics.Normalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Layers;

public sealed class SubjectSplitTests
{
    private static readonly SubjectId[] s_subjects = LayerText.Subjects(4);

    [Fact]
    public void ClosedForm_BothSides_KeepTheOrderOfTheCohort()
    {
        var split = new SubjectSplit(s_subjects, [s_subjects[3], s_subjects[0]], [s_subjects[1]]);
        var layer = LayerText.Layer("1; 2; 3; 4");

        Assert.Equal([1, 4], LayerText.Values(split.Training(layer).Values));
        Assert.Equal(["s1", "s4"], split.Training(layer).Values.Subjects.Select(s => s.Value));
        Assert.Equal([2], LayerText.Values(split.HeldOut(layer)));
    }

    [Fact]
    public void Error_SubjectOnBothSides_IsNamed()
    {
        var fault = Assert.Throws<SubjectOverlapException>(() => new SubjectSplit(s_subjects, s_subjects[..3], s_subjects[2..]));

        Assert.Equal(["s3"], fault.Subjects);
        Assert.Contains("Give each subject to one side", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_SubjectsThatAreNotInTheCohortOrTwice_AreNamed()
    {
        Assert.Contains("'x'", Assert.Throws<SubjectSetException>(() => new SubjectSplit(s_subjects, [new SubjectId("x")], [])).Message, StringComparison.Ordinal);
        Assert.Throws<SubjectSetException>(() => new SubjectSplit(s_subjects, [s_subjects[0], s_subjects[0]], []));
        Assert.Throws<SubjectSetException>(() => new SubjectSplit([.. s_subjects, s_subjects[1]], [s_subjects[0]], []));
        Assert.Throws<SubjectSetException>(() => new SubjectSplit(s_subjects, [], s_subjects));
    }

    [Fact]
    public void Error_UnitChanged_SaysBothUnits()
    {
        var fitted = new LogTransform().Fit(LayerText.Training(LayerText.Layer("1; 2", unit: "ng/mL")));

        var fault = Assert.Throws<UnitChangedException>(() => fitted.Apply(LayerText.Named(LayerText.Layer("1; 2", unit: "pg/mL"))));

        Assert.Equal(("ng/mL", "pg/mL"), (fault.Expected, fault.Found));
        Assert.Contains("layer 'rna', logarithm", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_FeaturesChanged_NamesThem()
    {
        var fitted = new LogTransform().Fit(LayerText.Training(LayerText.Layer("1 2", features: ["A", "B"])));

        var fault = Assert.Throws<FeaturesChangedException>(() => fitted.Apply(LayerText.Named(LayerText.Layer("1 2", features: ["A", "C"]))));
        var order = Assert.Throws<FeaturesChangedException>(() => fitted.Apply(LayerText.Named(LayerText.Layer("1 2", features: ["B", "A"]))));

        Assert.Equal("B", Assert.Single(fault.Missing));
        Assert.Equal("C", Assert.Single(fault.Extra));
        Assert.Contains("another order", order.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_LayerThatDoesNotFitItsSubjects_IsRefused()
    {
        Assert.Contains("2 rows for 3 subjects", Refusal("1; 2", 3), StringComparison.Ordinal);
        Assert.Contains("'s2' has an infinite value in feature 'f1'", Refusal("1; Infinity", 2), StringComparison.Ordinal);
        Assert.Throws<LayerShapeException>(() => LayerText.Named(LayerText.Layer("1 2", features: ["A", "A"])));
        Assert.Throws<LayerShapeException>(() => new SubjectLayer(LayerText.Layer("1; 2"), [s_subjects[0], s_subjects[0]]));

        static string Refusal(string rows, int subjects) =>
            Assert.Throws<LayerShapeException>(() => new SubjectLayer(LayerText.Layer(rows), s_subjects[..subjects])).Message;
    }

    [Fact]
    public void Error_AllMissing_FeatureAndSubject()
    {
        Assert.Equal(["f2"], Assert.Throws<AllMissingFeatureException>(() => LayerText.Named(LayerText.Layer("1 -; 2 -")).RefuseAllMissing("test")).Features);
        Assert.Equal(["s2"], Assert.Throws<AllMissingSubjectException>(() => LayerText.Named(LayerText.Layer("1 2; - -")).RefuseAllMissing("test")).Subjects);
        LayerText.Named(LayerText.Layer("1 -; - 2")).RefuseAllMissing("test");
    }
}
