using System.Security.Cryptography;
using System.Text.RegularExpressions;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Networks.Genes.Operations;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Tests.House;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Reference;

/// <summary>What is embedded is what the script made, and says what is known.</summary>
public sealed partial class ReferenceNetworkTests
{
    private static readonly ReferenceNetwork s_reference = new();

    [Theory]
    [InlineData("TP53", "P04637", "P53")]
    [InlineData("EGFR", "P00533", "ERBB1")]
    [InlineData("ERBB2", "P04626", "HER2")]
    [InlineData("MDM2", "Q00987", "HDMX")]
    public void Reference_KnownGenes_HaveTheirAccessionAndAlias(string symbol, string uniprot, string alias)
    {
        var gene = s_reference.Catalog.Find(new GeneSymbol(symbol));

        Assert.NotNull(gene);
        Assert.Equal(uniprot, gene.UniProt);
        Assert.Contains(alias, gene.Aliases);
        Assert.Equal(symbol, s_reference.Catalog.Resolve(uniprot).Symbol?.Value);
    }

    [Theory]
    [InlineData("MDM2", "TP53", EdgeType.Inhibition)]
    [InlineData("TP53", "MDM2", EdgeType.TranscriptionTarget)]
    [InlineData("EGF", "EGFR", EdgeType.Activation)]
    [InlineData("NF1", "KRAS", EdgeType.Inhibition)]
    [InlineData("BRAF", "MAP2K1", EdgeType.Activation)]
    [InlineData("PTEN", "AKT1", EdgeType.Inhibition)]
    [InlineData("CDKN2A", "CDK4", EdgeType.Inhibition)]
    [InlineData("APC", "CTNNB1", EdgeType.Inhibition)]
    [InlineData("VHL", "HIF1A", EdgeType.Inhibition)]
    [InlineData("ESR1", "PGR", EdgeType.TranscriptionTarget)]
    public void Reference_KnownSteps_AreInTheSignallingNetwork(string source, string target, EdgeType type)
    {
        var network = s_reference.Signalling;
        var edge = network.Graph.OutEdges(network.IndexOf(new GeneSymbol(source))).Single(e => network.Nodes[e.Target].Symbol.Value == target);

        Assert.Equal(type, edge.Type);
        Assert.True(edge.IsDirected);
        Assert.Contains(s_reference.Citations, c => c.Key == edge.SourceName);
    }

    [Fact]
    public void Property_EverySignallingEdge_StandsOnceAndIsCited_AndEverySourceIsUsed()
    {
        var edges = s_reference.SignallingEdges;

        Assert.Equal((638, 638, 494), (edges.Count, s_reference.Signalling.EdgeCount, s_reference.Signalling.NodeCount));
        Assert.Equal(
            s_reference.Citations.Select(c => c.Key), edges.Select(e => e.Citation.Key).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
        Assert.All(s_reference.Citations, c => Assert.EndsWith(c.Year.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Key, StringComparison.Ordinal));
        Assert.All(s_reference.Signalling.Nodes, n => Assert.NotNull(n.HgncSymbol));
        Assert.InRange(LargestComponent.Of(s_reference.Signalling).NodeCount, 400, 494);
    }

    [Fact]
    public void Reference_Counts_AreThoseTheScriptPrinted()
    {
        Assert.Equal(18787, s_reference.Catalog.Genes.Count);
        Assert.Equal((1264, 229), (s_reference.GeneOntologySets.Sets.Count, s_reference.KeggSets.Sets.Count));
        Assert.Equal((1400, 14), (s_reference.Footprints.Weights.Count, s_reference.Footprints.Pathways.Count));
        Assert.Equal((100773, 12121), (s_reference.CoAnnotation.EdgeCount, s_reference.CoAnnotation.NodeCount));
    }

    [Fact]
    public void Reference_GeneSets_HoldWhatTheyAreNamedFor()
    {
        Assert.All(s_reference.GeneOntologySets.Sets, s => Assert.InRange(s.Genes.Count, 30, 300));
        Assert.All(s_reference.GeneOntologySets.Sets, s => Assert.NotEmpty(s.Description));

        // KEGG 04115 is p53 signalling, 03030 is DNA replication.
        Assert.Superset(new HashSet<string> { "TP53", "MDM2", "CDKN1A", "BAX" }, Names(s_reference.KeggSets.Find("hsa04115")!.Genes));
        Assert.Superset(new HashSet<string> { "MCM2", "MCM7", "POLA1", "PCNA" }, Names(s_reference.KeggSets.Find("hsa03030")!.Genes));
    }

    [Fact]
    public void Reference_CoAnnotation_IsAnAssociation_AndJoinsPartsOfOneComplex()
    {
        var network = s_reference.CoAnnotation;

        Assert.All(network.Edges, e => Assert.Equal((EdgeType.Association, false), (e.Type, e.IsDirected)));
        Assert.All(network.Edges, e => Assert.InRange(e.Weight, 0.1, 1));
        var near = Neighborhood.Of(network, [new GeneSymbol("MCM2")], 1).Network;
        Assert.Superset(new HashSet<string> { "MCM3", "MCM5", "MCM7" }, Names(near.Nodes.Select(n => n.Symbol)));
    }

    [Theory]
    [InlineData(true, 0.27, 0.27, 0.15)]
    [InlineData(false, 0.27, 0.32, 0.12)]
    public void Golden_DistancesOfJoinedGenes_AreThoseOfTheDocs(bool isCoAnnotation, double byName, double byDegree, double byCuthillMcKee)
    {
        var network = isCoAnnotation ? s_reference.CoAnnotation : s_reference.Signalling;
        NodeOrder[] orders = [NodeOrder.Identity(network.NodeCount), LocalityOrder.ByDegree(network), LocalityOrder.ReverseCuthillMcKee(network)];

        var shares = orders.Select(o => Math.Round(LocalityOrder.MeanSpan(network, o) / network.NodeCount, 2)).ToArray();

        Assert.Equal([byName, byDegree, byCuthillMcKee], shares);
    }

    [Theory]
    [InlineData("p53", "CDKN1A", 1)]
    [InlineData("p53", "MDM2", 1)]
    [InlineData("Androgen", "KLK3", 1)]
    [InlineData("Hypoxia", "CA9", 1)]
    public void Reference_Footprints_AnswerAsPublished(string pathway, string gene, int sign) =>
        Assert.Equal(sign, Math.Sign(s_reference.Footprints.Weights.Single(w => w.Pathway == pathway && w.Gene.Value == gene).Weight));

    [Fact]
    public void Property_EmbeddedTables_AreTheBytesThatSourceMdNames()
    {
        var stated = Line().Matches(HouseText.File("engine/Networks/Genes/Reference/SOURCE.md").Text)
            .ToDictionary(m => m.Groups["name"].Value, m => m.Groups["hash"].Value, StringComparer.Ordinal);

        Assert.Equal(6, stated.Count);
        foreach (var (name, hash) in stated)
        {
            using var table = typeof(ReferenceNetwork).Assembly.GetManifestResourceStream($"reference/{name}");
            Assert.NotNull(table);
            Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(table)));
        }
    }

    [Fact]
    public void Property_EveryPart_StatesItsLicence()
    {
        Assert.Equal(5, ReferenceSource.All.Count);
        Assert.All(ReferenceSource.All, s => Assert.All(new[] { s.Part, s.From, s.Licence, s.Limits }, Assert.NotEmpty));
    }

    private static HashSet<string> Names(IEnumerable<GeneSymbol> genes) => [.. genes.Select(g => g.Value)];

    [GeneratedRegex(@"^\| `(?<name>[\w.-]+)` \|.*\| `(?<hash>[0-9a-f]{64})` \|$", RegexOptions.Multiline)]
    private static partial Regex Line();
}
