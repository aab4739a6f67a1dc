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

    /// <summary>Features may be left out, turned round, or be there in nobody; subjects that share a row go on sharing it.</summary>
    [Fact]
    public void ClosedForm_ChosenFeaturesAreThoseOfEachSubject_AndSharedRowsStayShared()
    {
        var shared = OmicsLayer.Shared("rna", "1", ["A", "B"], [1, 2, 3, 4], [1, 0, 1, -1]);
        var plain = new OmicsLayer("rna", "1", ["A", "B"], [3, 4, 1, 2, 3, 4, float.NaN, float.NaN]);
        foreach (var layer in new[] { shared, plain })
        {
            var chosen = layer.Choose(["B", "absent", "A"], [1, -1, 0]);

            Assert.Equal(["B", "absent", "A"], chosen.Features);
            Assert.Equal((layer.SubjectCount, layer.RowCount, layer.IsShared), (chosen.SubjectCount, chosen.RowCount, chosen.IsShared));
            Assert.Equal([4, float.NaN, 3], chosen.Row(0).ToArray());
            Assert.Equal([2, float.NaN, 1], chosen.Row(1).ToArray());
            Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(layer.HasValue));
        }
    }
}
