using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Reading;

public sealed class EdgeListReaderTests
{
    [Theory]
    [InlineData(',')]
    [InlineData('\t')]
    [InlineData(';')]
    [InlineData(' ')]
    public void ClosedForm_NamedColumnsInAnyOrder_AreRead(char delimiter)
    {
        var text = "Score,To,Effect,From\n0.5,B,+,A\n2,C,inhibition,A\n1,D,0,C".Replace(',', delimiter);

        var (network, report) = EdgeListReader.Read(new StringReader(text), new EdgeListColumns("from", "to", "effect", "score"));

        Assert.Equal(
            ["A -> B Activation 1 0.5 network", "A -> C Inhibition -1 2 network", "C -> D Interaction 0 1 network"], NetworkText.Edges(network));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void ClosedForm_TypesDirectionsAndSources_AreRead()
    {
        const string Text = "source,target,type,directed,sign,database\nA,B,pd,1,-1,\"x, y\"\nA,C,interaction,0,,z\nC,D,odd,0,,\nD,E,association,0,,";

        var (network, report) = EdgeListReader.Read(new StringReader(Text));

        Assert.Equal(
            [
                "A -> B TranscriptionTarget -1 1 x, y", "A -- C Interaction 0 1 z", "C -- D Interaction 0 1 network", "D -- E Association 0 1 network",
            ],
            NetworkText.Edges(network));
        Assert.Equal(new FindingExample(4, "odd"), Assert.Single(report.ExamplesOf(FindingKind.UnknownRelation)));
    }

    [Theory]
    [InlineData("A,B,1,0,", "A -- B Activation 1 1 network")]
    [InlineData("A,B,1,,", "A -> B Activation 1 1 network")]
    [InlineData("A,B,,,", "A -- B Interaction 0 1 network")]
    [InlineData("A,B,,1,", "A -> B Interaction 0 1 network")]
    [InlineData("A,B,,0,activation", "A -- B Activation 1 1 network")]
    [InlineData("A,B,,,activation", "A -> B Activation 1 1 network")]
    public void ClosedForm_ADirectionThatIsStated_GoesBeforeWhatASignImplies(string line, string expected)
    {
        var columns = new EdgeListColumns { IsDirected = false };

        var network = EdgeListReader.Read(new StringReader("source,target,sign,directed,type\n" + line), columns).Network;

        Assert.Equal(expected, Assert.Single(NetworkText.Edges(network)));
    }

    [Fact]
    public void ClosedForm_BadCells_AreCountedWithTheirLines()
    {
        const string Text = "source,target,sign,weight,type\nA,B,1\nA,B,up?,1,\nA,B,1,x,\nA,B,1,-2,\nA,,1,1,\nA,B,-1,1,activation\nA,\"B,1,1,\nA,B,1,1,";

        var (network, report) = EdgeListReader.Read(new StringReader(Text));

        Assert.Equal(1, network.EdgeCount);
        Assert.Equal(7, report.CountOf(FindingKind.MalformedLine));
        Assert.Equal([2, 3, 4, 5, 6], report.ExamplesOf(FindingKind.MalformedLine).Select(e => e.Line));
    }

    [Fact]
    public void Error_ColumnThatIsNotThere_NamesTheNearestAndAll()
    {
        var error = Assert.Throws<InvalidInputException>(() => EdgeListReader.Read(
            new StringReader("sourse,target\nA,B"), null, new NetworkReadOptions { SourceName = "edges.csv" }));

        Assert.Contains("edges.csv:1:1", error.Message, StringComparison.Ordinal);
        Assert.Contains("no column 'source'; the nearest is 'sourse'. The columns are sourse, target", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_EmptyText_AsksForAHeader() =>
        Assert.Contains("no header line", Assert.Throws<InvalidInputException>(() => EdgeListReader.Read(new StringReader("\n# x"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Property_OrderOfLines_DoesNotMatter()
    {
        var cell = Gen.Select(Gen.Char['A', 'F'], Gen.Char['A', 'F'], Gen.Int[-1, 1], Gen.Int[1, 3], (s, t, sign, w) => $"{s},{t},{sign},{w}");
        cell.Array[1, 40].SelectMany(lines => Gen.Shuffle(lines.ToArray()).Select(shuffled => (lines, shuffled))).Sample(x =>
        {
            var (one, report) = Read(x.lines);
            var (other, reportOfOther) = Read(x.shuffled);
            Assert.Equal(NetworkText.Edges(one), NetworkText.Edges(other));
            Assert.Equal(report.Findings.Select(f => (f.Kind, f.Count)), reportOfOther.Findings.Select(f => (f.Kind, f.Count)));
        });

        static NetworkReading Read(string[] lines) =>
            EdgeListReader.Read(new StringReader("source,target,sign,weight\n" + string.Join('\n', lines)));
    }

    [Fact]
    public void Property_EveryStatedEdge_IsKeptOrCounted()
    {
        var cell = Gen.Select(Gen.Char['A', 'F'], Gen.Char['A', 'F'], Gen.Int[-1, 1], (s, t, sign) => $"{s},{t},{sign}");
        Gen.Select(cell.Array[1, 40], Gen.Enum<ConflictRule>()).Sample((lines, rule) =>
        {
            var report = EdgeListReader.Read(
                new StringReader("source,target,sign\n" + string.Join('\n', lines)), null, new NetworkReadOptions { Conflicts = rule }).Report;
            var perConflict = rule switch
            {
                ConflictRule.Unsigned => 1,
                ConflictRule.Drop => 2,
                _ => 0,
            };
            Assert.Equal(lines.Length, report.RecordCount);
            Assert.Equal(
                lines.Length,
                report.KeptCount + report.CountOf(FindingKind.SelfLoop) + report.CountOf(FindingKind.DuplicateEdge)
                    + perConflict * report.CountOf(FindingKind.ConflictingEdge));
        });
    }
}
