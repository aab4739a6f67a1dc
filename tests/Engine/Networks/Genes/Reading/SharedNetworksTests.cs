using System.IO.Compression;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Reading;

/// <summary>Networks that others published, whole. Expected counts were taken from the files with awk, sort and uniq.</summary>
public sealed class SharedNetworksTests
{
    [Fact]
    public void Reference_OmniPath_EdgesLoopsAndConflicts_MatchCountsOfAwk()
    {
        var (network, report) = OmniPathReader.Read(Open("omnipath_signed_directed"));

        Assert.Equal((19807, 19805, 6124), (report.RecordCount, network.EdgeCount, network.NodeCount));
        Assert.Equal(1, report.CountOf(FindingKind.SelfLoop));
        Assert.StartsWith("CASP3 -> DFFA has sign", Assert.Single(report.ExamplesOf(FindingKind.ConflictingEdge)).Text, StringComparison.Ordinal);
        Assert.Equal(19807 - 1 - 2, network.Edges.Count(e => e.Type is EdgeType.Activation or EdgeType.Inhibition));
        Assert.Equal(0, report.CountOf(FindingKind.MalformedLine) + report.CountOf(FindingKind.DuplicateEdge));
    }

    [Fact]
    public void Reference_Cosmos_RepeatsAreCounted_MatchesCountsOfAwk()
    {
        var report = EdgeListReader.Read(Open("cosmos_omnipath_gene_gene_signed")).Report;

        Assert.Equal(19830, report.RecordCount);
        Assert.Equal(1, report.CountOf(FindingKind.SelfLoop));
        Assert.Equal(148, report.CountOf(FindingKind.DuplicateEdge) + report.CountOf(FindingKind.ConflictingEdge));
        Assert.Equal(19830 - 148 - 1, report.KeptCount);
    }

    [Fact]
    public void Reference_Dorothea_ConfidenceLevels_MatchCountsOfAwk()
    {
        var (network, report) = DorotheaReader.Read(Open("dorothea_ABCD"), DorotheaConfidence.B);

        Assert.Equal(29086, report.RecordCount);
        Assert.Equal(1053 + 5762 + 2601 + 13262, report.CountOf(FindingKind.BelowThreshold));
        Assert.Equal(456 + 4978 + 541 + 433, network.EdgeCount);
        Assert.All(network.Edges, e => Assert.Equal(EdgeType.TranscriptionTarget, e.Type));
    }

    [Fact]
    public void Reference_String_LinksAboveTheScore_MatchCountsOfAwk()
    {
        var columns = new StringLinksColumns("gene_a", "gene_b", "string_score");

        var (network, report) = StringLinksReader.Read(Open("string_v11_697_cancer_genes"), null, 700, columns);

        Assert.Equal(110280, report.RecordCount);
        Assert.Equal(
            report.RecordCount,
            report.KeptCount + report.CountOf(FindingKind.BelowThreshold) + report.CountOf(FindingKind.ReciprocalEdge) + report.CountOf(FindingKind.DuplicateEdge));
        Assert.All(network.Edges, e => Assert.InRange(e.Weight, 0.7, 1));
        Assert.Equal((5247, 635), (network.EdgeCount, network.NodeCount));
    }

    [Fact]
    public void Reference_Hallmarks_FiftySets()
    {
        var (sets, report) = GeneSetTableReader.Read(Open("genesets_hallmarks"));

        Assert.Equal(50, sets.Sets.Count);
        Assert.Equal(7110, report.RecordCount);
        Assert.Equal(report.RecordCount, sets.MembershipCount + report.CountOf(FindingKind.DuplicateMember));
    }

    [Fact]
    public void Reference_Reactome_QuotedNamesAreWhole()
    {
        var sets = GeneSetTableReader.Read(Open("reactome_ensembl_mofadata"), "pathway", "ensembl").Sets;

        Assert.NotNull(sets.Find("Cell Cycle, Mitotic"));
    }

    private static StreamReader Open(string name)
    {
        var path = ReferenceData.SharedPathOrNull($"networks/{name}.csv.gz");
        Assert.SkipUnless(path is not null, $"shared/data/networks/{name}.csv.gz is not here.");
        return new StreamReader(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
    }
}
