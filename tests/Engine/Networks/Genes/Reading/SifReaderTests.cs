using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Reading;

public sealed class SifReaderTests
{
    [Fact]
    public void ClosedForm_GoodLines_BecomeEdges()
    {
        var (network, report) = SifReader.Read(new StringReader("\uFEFF# comment\r\nA\tpp\tB\tC\r\nC -> A\r\n\r\nD -| B\nE\r"), new NetworkReadOptions { SourceName = "s" });

        Assert.Equal(
            ["A -- B Interaction 0 1 s", "A -- C Interaction 0 1 s", "C -> A Activation 1 1 s", "D -> B Inhibition -1 1 s"], NetworkText.Edges(network));
        Assert.Equal(["A", "B", "C", "D", "E"], NetworkText.Symbols(network));
        Assert.Equal((6, 4, 4, 5), (report.LineCount, report.RecordCount, report.KeptCount, report.NodeCount));
        Assert.Empty(report.Findings);
    }

    [Fact]
    public void ClosedForm_BadLines_AreCountedWithTheirLines()
    {
        var (network, report) = NetworkText.Read("A -> A; A ->; A likes B; A -> B; A -| B; A -> B; A -> B");

        Assert.Equal(
            [
                (FindingKind.MalformedLine, 1, 2), (FindingKind.SelfLoop, 1, 1), (FindingKind.DuplicateEdge, 2, 6),
                (FindingKind.ConflictingEdge, 1, 5), (FindingKind.UnknownRelation, 1, 3),
            ],
            report.Findings.Select(f => (f.Kind, f.Count, f.Examples[0].Line)));
        Assert.Equal(6, report.RecordCount);
        Assert.Equal(["A -- B Interaction 0 1 network", "A -> B Interaction 0 1 network"], NetworkText.Edges(network));
        Assert.Contains("  SelfLoop: 1\n    line 1: A -> A", report.ToString(), StringComparison.Ordinal);
        Assert.Equal("A -> B has sign -1, and stands already in line 4 with sign 1", report.ExamplesOf(FindingKind.ConflictingEdge)[0].Text);
    }

    [Fact]
    public void ClosedForm_ExamplesAreTheFirst_AndNoMoreThanAskedFor()
    {
        var report = NetworkText.Read("A ->; B ->; C ->; D ->", new NetworkReadOptions { ExampleCount = 2 }).Report;

        Assert.Equal(4, report.CountOf(FindingKind.MalformedLine));
        Assert.Equal([1, 2], report.ExamplesOf(FindingKind.MalformedLine).Select(e => e.Line));
    }

    [Fact]
    public void ClosedForm_ExamplesOfRepeats_ComeByLine_NotByName()
    {
        var report = NetworkText.Read("Z -> Y; Z -> Y; A -> B; A -> B").Report;

        Assert.Equal(
            [new(2, "Z -> Y stands already in line 1"), new FindingExample(4, "A -> B stands already in line 3")], report.ExamplesOf(FindingKind.DuplicateEdge));
    }

    [Theory]
    [InlineData(UnknownSymbolRule.Keep, "TP53 -> NEW Activation 1 1 network")]
    [InlineData(UnknownSymbolRule.Drop, "")]
    public void ClosedForm_UnknownSymbols_AreCountedAndFollowTheRule(UnknownSymbolRule rule, string expected)
    {
        var catalog = new GeneCatalog([
            new GeneNode(new GeneSymbol("TP53"), NodeKind.Gene, "TP53", [], ["P53", "X"]), new GeneNode(new GeneSymbol("B"), NodeKind.Gene, "B", [], ["X"])]);

        var (network, report) = NetworkText.Read("P53 -> NEW; X -> NEW; B -> X", new NetworkReadOptions { Catalog = catalog, UnknownSymbols = rule });

        Assert.Equal(expected, string.Join('|', NetworkText.Edges(network)));
        Assert.Equal(2, report.CountOf(FindingKind.UnknownSymbol));
        Assert.Equal(2, report.CountOf(FindingKind.AmbiguousAlias));
        Assert.Equal("X may be B or TP53", report.ExamplesOf(FindingKind.AmbiguousAlias)[0].Text);
        Assert.Equal("P53 is TP53", report.ExamplesOf(FindingKind.ResolvedAlias)[0].Text);
        Assert.Equal(3, report.RecordCount);
    }

    [Theory]
    [InlineData("AAAAAAAAAAAA -> B", "7 characters")]
    [InlineData("A -> B; A -> C; A -> D; A -> E", "more than 3 lines")]
    [InlineData("A -> B C D", "more than 4 fields")]
    public void Error_TextBeyondTheLimits_IsRefusedWithItsLine(string lines, string message)
    {
        var limits = message.StartsWith('7') ? new ReadLimits(7, 3, 4) : new ReadLimits(100, 3, 4);

        var error = Assert.Throws<InvalidInputException>(() => NetworkText.Read(lines, new NetworkReadOptions { SourceName = "f.sif", Limits = limits }));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.Equal("f.sif", error.Faults[0].Location.File);
        Assert.Equal(message.Contains("lines", StringComparison.Ordinal) ? 3 : 1, error.Faults[0].Location.Line);
    }

    [Fact]
    public void Property_AnyText_IsReadOrRefused_NeverCrashes()
    {
        const string Alphabet = "ABCD\t \n\r\",#->";
        var limits = new ReadLimits(200, 50, 20);
        Gen.String[Gen.Int[0, Alphabet.Length - 1].Select(i => Alphabet[i]), 0, 400].Sample(text =>
        {
            foreach (var read in new Action<StringReader>[]
            {
                t => SifReader.Read(t, new NetworkReadOptions { Limits = limits }),
                t => EdgeListReader.Read(t, null, new NetworkReadOptions { Limits = limits }),
                t => GmtReader.Read(t, new NetworkReadOptions { Limits = limits }),
            })
            {
                try
                {
                    read(new StringReader(text));
                }
                catch (InvalidInputException)
                {
                    // Refused, with its place.
                }
            }
        });
    }

    [Fact]
    public void Property_LinesAcrossBufferEnds_AreWhole()
    {
        // Lines of 14 characters and their ends: over the paddings, an end of a buffer falls at every place of a line, between CR and LF too.
        var lines = Enumerable.Range(0, 2000).Select(i => $"A{i:D4} -> B{i:D4}").ToArray();
        foreach (var end in new[] { "\n", "\r\n", "\r" })
        {
            for (var padding = 0; padding <= 16; padding++)
            {
                var (network, report) = SifReader.Read(new StringReader("#" + new string(' ', padding) + end + string.Join(end, lines)));

                Assert.Equal((2001, 2000, 4000), (report.LineCount, network.EdgeCount, network.NodeCount));
                Assert.Empty(report.Findings);
            }
        }
    }
}
