using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Vocabulary.Cohorts;

public sealed class OmicsLayerTests
{
    private static readonly string[] s_features = ["A", "B"];

    [Fact]
    public void ClosedForm_SubjectsShareRows_AndSomeHaveNone()
    {
        var layer = OmicsLayer.Shared("rna", "1", s_features, [1, 2, 3, 4], [1, -1, 0, 1]);

        Assert.Equal((4, 3, true), (layer.SubjectCount, layer.RowCount, layer.IsShared));
        Assert.Equal([3, 4], layer.Row(0).ToArray());
        Assert.Equal([float.NaN, float.NaN], layer.Row(1).ToArray());
        Assert.Equal([1, 2], layer.Row(2).ToArray());
        Assert.Equal([0, 1, 2], layer.FirstSubjects());
    }

    [Fact]
    public void Property_Taken_KeepsTheRowsAndTheSubjectsTheirs()
    {
        var layer = OmicsLayer.Shared("rna", "1", s_features, [1, 2, 3, 4, 5, 6], [0, 0, 1, 2, 1]).Take([4, 2, 1]);

        Assert.Equal((3, 3, true), (layer.SubjectCount, layer.RowCount, layer.IsShared));
        Assert.Equal([3, 3, 1], Enumerable.Range(0, 3).Select(i => layer.Row(i)[0]));
        Assert.Equal([0, 2], layer.FirstSubjects());
    }

    [Fact]
    public void ClosedForm_WithoutSharing_RowAndSubjectAreOne()
    {
        var layer = new OmicsLayer("rna", "1", s_features, [1, 2, 3, 4]);

        Assert.Equal((2, 2, false), (layer.SubjectCount, layer.RowCount, layer.IsShared));
        Assert.Equal([0, 1], layer.FirstSubjects());
        Assert.Equal([3, 4, 1, 2], Enumerable.Range(0, 2).SelectMany(i => layer.Take([1, 0]).Row(i).ToArray()));
    }

    [Fact]
    public void Error_ARowBeyondTheRows_AndValuesThatFillNoRow()
    {
        Assert.Contains("Subject 1", Assert.Throws<ArgumentException>(() => OmicsLayer.Shared("rna", "1", s_features, [1, 2], [0, 1])).Message, StringComparison.Ordinal);
        Assert.Contains("no whole rows", Assert.Throws<ArgumentException>(() => OmicsLayer.Shared("rna", "1", s_features, [1, 2, 3], [0])).Message, StringComparison.Ordinal);
    }
}
