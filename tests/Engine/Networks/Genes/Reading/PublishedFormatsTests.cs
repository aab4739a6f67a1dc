using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Reading;

/// <summary>The layouts of OmniPath, DoRothEA, STRING and GMT, in a few lines of each.</summary>
public sealed class PublishedFormatsTests
{
    private const string OmniPath =
        "source\ttarget\tsource_genesymbol\ttarget_genesymbol\tis_directed\tis_stimulation\tis_inhibition\n"
        + "P00533\tP62993\tEGFR\tGRB2\t1\t1\t0\nQ00987\tP04637\tMDM2\tTP53\t1\t0\t1\nP1\tP2\tA\tB\t0\t0\t0\n"
        + "P3\tP4\tC\tD\t1\t1\t1\nCOMPLEX:P5_P6\tP7\tX_Y\tZ\tTrue\tFalse\tTrue\nP8\tP9\tE\tF\tmaybe\t0\t0\nP8\tP9\tW\tV\t0\t1\t0";

    [Fact]
    public void ClosedForm_OmniPath_WebTable()
    {
        var (network, report) = OmniPathReader.Read(new StringReader(OmniPath));

        Assert.Equal(
            [
                "A -- B Interaction 0 1 OmniPath", "C -> D Interaction 0 1 OmniPath", "EGFR -> GRB2 Activation 1 1 OmniPath",
                "MDM2 -> TP53 Inhibition -1 1 OmniPath", "W -> V Activation 1 1 OmniPath", "X_Y -> Z Inhibition -1 1 OmniPath",
            ],
            NetworkText.Edges(network));
        Assert.Equal(1, report.CountOf(FindingKind.ConflictingEdge));
        Assert.Equal(1, report.CountOf(FindingKind.ComplexNode));
        Assert.Equal(7, Assert.Single(report.ExamplesOf(FindingKind.MalformedLine)).Line);
        Assert.Equal(NodeKind.Complex, network.Nodes[network.IndexOf(new GeneSymbol("X_Y"))].Kind);
    }

    [Theory]
    [InlineData(ComplexRule.Expand, "X -> Z Inhibition -1 1 OmniPath|Y -> Z Inhibition -1 1 OmniPath")]
    [InlineData(ComplexRule.Drop, "")]
    public void ClosedForm_OmniPath_ComplexesFollowTheRule(ComplexRule rule, string expected)
    {
        var (network, report) = OmniPathReader.Read(new StringReader("source,sign,target\nX_Y,-1,Z"), complexes: rule);

        Assert.Equal(expected, string.Join('|', NetworkText.Edges(network)));
        Assert.Equal(1, report.CountOf(FindingKind.ComplexNode));
    }

    [Fact]
    public void ClosedForm_OmniPath_AccessionsAreResolved()
    {
        var catalog = new GeneCatalog([
            new GeneNode(new GeneSymbol("EGFR"), NodeKind.Gene, "EGFR", ["P00533"], []), new GeneNode(new GeneSymbol("GRB2"), NodeKind.Gene, "GRB2", ["P62993"], [])]);

        var network = OmniPathReader.Read(
            new StringReader("source,target,is_directed,is_stimulation,is_inhibition\nP00533,P62993,1,1,0"), new NetworkReadOptions { Catalog = catalog }).Network;

        Assert.Equal("EGFR -> GRB2 Activation 1 1 network", Assert.Single(NetworkText.Edges(network)));
    }

    [Fact]
    public void Error_OmniPath_WithoutSigns_NamesTheColumn() =>
        Assert.Contains(
            "'is_directed'", Assert.Throws<InvalidInputException>(() => OmniPathReader.Read(new StringReader("source,target\nA,B"))).Message, StringComparison.Ordinal);

    [Fact]
    public void ClosedForm_Dorothea_KeepsTheConfidenceThatIsAskedFor()
    {
        const string Text = "tf,confidence,target,mor\nTP53,A,CDKN1A,1\nMYC,B,CDKN1A,-0.5\nE2F1,D,X,1\nE2F1,C,Y,0\nE2F1,F,Z,1\nE2F1,A,Z,up";

        var (network, report) = DorotheaReader.Read(new StringReader(Text), DorotheaConfidence.C);

        Assert.Equal(
            [
                "E2F1 -> Y TranscriptionTarget 0 1 DoRothEA:C", "MYC -> CDKN1A TranscriptionTarget -1 0.5 DoRothEA:B",
                "TP53 -> CDKN1A TranscriptionTarget 1 1 DoRothEA:A",
            ],
            NetworkText.Edges(network));
        Assert.Equal(1, report.CountOf(FindingKind.BelowThreshold));
        Assert.Equal([6, 7], report.ExamplesOf(FindingKind.MalformedLine).Select(e => e.Line));
        Assert.Equal(6, report.RecordCount);
    }

    [Fact]
    public void ClosedForm_String_MapsProteinsAndCutsAtTheScore()
    {
        var genes = StringProteinsReader.Read(new StringReader(
            "#string_protein_id\tpreferred_name\tprotein_size\n9606.P1\tTP53\t1\n9606.P2\tMDM2\t2\n9606.P3\tEGFR\t3\n9606.P3\tERBB2\t3"));
        const string Links = "protein1 protein2 combined_score\n9606.P1 9606.P2 999\n9606.P2 9606.P1 999\n9606.P1 9606.P3 900\n9606.P1 9606.P2 300\n9606.P1 9606.P2 1001";

        var (network, report) = StringLinksReader.Read(new StringReader(Links), genes.Genes);

        Assert.Equal("MDM2 -- TP53 Association 0 0.999 STRING", Assert.Single(NetworkText.Edges(network)));
        Assert.Equal(1, genes.Report.CountOf(FindingKind.AmbiguousAlias));
        Assert.Equal(
            [(FindingKind.MalformedLine, 1), (FindingKind.ReciprocalEdge, 1), (FindingKind.UnmappedProtein, 1), (FindingKind.BelowThreshold, 1)],
            report.Findings.Select(f => (f.Kind, f.Count)));
        Assert.Equal("9606.P3", report.ExamplesOf(FindingKind.UnmappedProtein)[0].Text);
    }

    [Fact]
    public void Error_String_ScoreOutOfRange_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => StringLinksReader.Read(new StringReader("x"), null, 1001));

    [Fact]
    public void ClosedForm_Gmt_SetsAreReadAndFaultsCounted()
    {
        var (sets, report) = GmtReader.Read(new StringReader("B\tsecond\tG2\tG1\tG2\nA\tfirst\tG1\n\nC\tnone\nD\nA\tagain\tG3\n\tx\tG1"));

        Assert.Equal(["A", "B"], sets.Sets.Select(s => s.Id));
        Assert.Equal(["G1", "G3"], sets.Find("A")!.Genes.Select(g => g.Value));
        Assert.Equal("second", sets.Find("B")!.Description);
        Assert.Equal(["G1", "G2", "G3"], sets.Genes.Select(g => g.Value));
        Assert.Equal(
            [(FindingKind.MalformedLine, 2), (FindingKind.DuplicateMember, 1), (FindingKind.DuplicateSet, 1), (FindingKind.EmptySet, 1)],
            report.Findings.Select(f => (f.Kind, f.Count)));
        Assert.Equal((5, 4), (report.RecordCount, report.KeptCount));
    }

    [Fact]
    public void ClosedForm_SetTable_IsReadByColumn()
    {
        var sets = GeneSetTableReader.Read(new StringReader("pathway,gene\n\"a, b\",G1\n\"a, b\",G2\nc,G1\n\"say \"\"d\"\"\",G3")).Sets;

        Assert.Equal(["a, b", "c", "say \"d\""], sets.Sets.Select(s => s.Id));
        Assert.Equal(4, sets.MembershipCount);
    }
}
