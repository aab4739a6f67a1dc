using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;

namespace DigitalTwin.Tests.Engine.Networks.Genes;

public sealed class GeneCatalogTests
{
    private const string Table = "symbol\tuniprot\taliases\nTP53\tP04637\tP53|LFS1\nMDM2\tQ00987\tHDMX\nMDM4\tO15151\tHDMX|MDMX\nSEPTIN1\t\tMDM2";

    private static readonly GeneCatalog Catalog = GeneCatalogReader.Read(new StringReader(Table)).Catalog;

    [Theory]
    [InlineData("TP53", ResolutionKind.Symbol, "TP53")]
    [InlineData("tp53", ResolutionKind.Alias, "TP53")]
    [InlineData("p53", ResolutionKind.Alias, "TP53")]
    [InlineData("O15151", ResolutionKind.Alias, "MDM4")]
    [InlineData("MDM2", ResolutionKind.Symbol, "MDM2")]
    [InlineData("HDMX", ResolutionKind.Ambiguous, null)]
    [InlineData("TP35", ResolutionKind.Unknown, null)]
    public void ClosedForm_Names_AreResolved_AndAmbiguousOnesAreNot(string name, ResolutionKind kind, string? symbol)
    {
        var resolution = Catalog.Resolve(name);

        Assert.Equal(kind, resolution.Kind);
        Assert.Equal(symbol, resolution.Symbol?.Value);
    }

    [Fact]
    public void ClosedForm_AnAmbiguousName_ListsItsCandidates() =>
        Assert.Equal(["MDM2", "MDM4"], Catalog.Resolve("hdmx").Candidates.Select(c => c.Value));

    [Fact]
    public void ClosedForm_NearestSymbol_IsFound() => Assert.Equal("TP53", Catalog.Nearest("TP35"));

    [Fact]
    public void ClosedForm_NodesOfANetwork_CarryWhatTheCatalogKnows()
    {
        var node = NetworkText.Of("p53 -> MDM2", new NetworkReadOptions { Catalog = Catalog }).Nodes[1];

        Assert.Equal(("TP53", "TP53", "P04637"), (node.Symbol.Value, node.HgncSymbol, node.UniProt));
        Assert.Equal(["LFS1", "P53"], node.Aliases);
    }

    [Fact]
    public void ClosedForm_LinesThatCannotBeUsed_AreCounted()
    {
        var (catalog, report) = GeneCatalogReader.Read(new StringReader("symbol,aliases\nA,\n ,x\na,y\nB\nC,z"));

        Assert.Equal(["A", "C"], catalog.Genes.Select(g => g.Symbol.Value));
        Assert.Equal(2, report.CountOf(FindingKind.MalformedLine));
        Assert.Equal(new FindingExample(4, "a stands already"), Assert.Single(report.ExamplesOf(FindingKind.DuplicateMember)));
    }

    [Fact]
    public void Error_SymbolThatStandsTwice_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new GeneCatalog([GeneNode.Named(new GeneSymbol("A")), GeneNode.Named(new GeneSymbol("a"))]));
}
