using System.IO.Compression;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Features;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Features;

public sealed class NodeMappingTests
{
    private const string Rows = "1 10 100 5 9 0; 3 20 - 5 9 0; 5 60 - 5 9 0";

    private static readonly string[] s_features = ["TP53", "p53", "BRCA1", "AMBIG", "NOSUCH", "1-Mar"];

    [Fact]
    public void ClosedForm_EveryFeature_IsCountedOnce()
    {
        var report = Fit(DuplicateRule.Mean).Report;

        Assert.Equal((6, 2, 2, 3), (report.FeatureCount, report.NodeCount, report.Exact, report.MatchedCount));
        Assert.Equal(["p53 -> TP53"], report.Aliases);
        Assert.Equal(["AMBIG", "NOSUCH", "1-Mar"], [.. report.Ambiguous, .. report.Unknown, .. report.Malformed]);
        Assert.Equal(6, report.MatchedCount + report.Ambiguous.Count + report.Unknown.Count + report.Malformed.Count);
        Assert.Equal(["TP53", "p53"], Assert.Single(report.Duplicates).Features);
        Assert.StartsWith("rna: 3 of 6 features are on 2 nodes of the network.\n  by alias: 1: p53 -> TP53\n", report.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(DuplicateRule.Mean, new[] { 100, 5.5, double.NaN, 11.5, double.NaN, 32.5 })]
    [InlineData(DuplicateRule.HighestVariance, new[] { 100, 10.0, double.NaN, 20, double.NaN, 60 })]
    [InlineData(DuplicateRule.FewestMissing, new[] { 100, 1.0, double.NaN, 3, double.NaN, 5 })]
    public void ClosedForm_DuplicatesFollowTheRule(DuplicateRule rule, double[] expected)
    {
        var fitted = Fit(rule);

        Assert.Equal(["BRCA1", "TP53"], fitted.OutputFeatures);
        Assert.Equal(expected, LayerText.Values(fitted.Apply(LayerText.Named(LayerText.Layer(Rows, features: s_features)))));
    }

    [Fact]
    public void ClosedForm_MeanOfDuplicates_IsOfThoseThatAreThere()
    {
        var fitted = Fit(DuplicateRule.Mean);

        Assert.Equal([7, 4], LayerText.Values(fitted.Apply(LayerText.Named(LayerText.Layer("- 4 7 0 0 0", features: s_features)))));
    }

    [Fact]
    public void Reference_TheEmbeddedNetwork_ResolvesSymbolsAliasesAndAccessions()
    {
        var resolver = new CatalogResolver(new ReferenceNetwork().Catalog);
        var layer = LayerText.Layer("1 2 3; 4 5 7", features: ["EGFR", "ERBB2", "NOSUCHGENE"]);

        var symbols = new NodeMapping(FeatureKind.GeneSymbol, resolver).FitMapping(LayerText.Training(layer)).Report;
        var proteins = new NodeMapping(FeatureKind.UniProt, resolver)
            .FitMapping(LayerText.Training(LayerText.Layer("1 2", features: ["P04637", "P00533-1"])));

        Assert.Equal((2, 1), (symbols.Exact, symbols.Unknown.Count));
        Assert.Equal(["EGFR", "TP53"], proteins.OutputFeatures);
    }

    /// <summary>Counted by a script of its own over the catalog's table (symbol, uniprot, aliases) and the header of the cohort's file.</summary>
    [Fact]
    public void Reference_MessengerRnaOfABreastCohort_IsCountedAsByHand()
    {
        var names = Header("breast_tcga_mrna.csv.gz");
        var values = new float[2 * names.Length];
        var report = new NodeMapping(FeatureKind.GeneSymbol, new CatalogResolver(new ReferenceNetwork().Catalog))
            .FitMapping(LayerText.Training(new OmicsLayer("mrna", "1", names, values))).Report;

        Assert.Equal((200, 179, 16), (report.FeatureCount, report.Exact, report.Aliases.Count));
        Assert.Equal(["HN1"], report.Ambiguous);
        Assert.Equal(["SNORA8", "SNHG1", "FLJ23867", "ZNF37B"], report.Unknown);
        Assert.Empty(report.Malformed);
    }

    [Fact]
    public void Published_MicroRnasOfABreastCohort_AreAllNames()
    {
        var names = Header("breast_tcga_mirna.csv.gz");

        Assert.Equal(names, FeatureIdParser.ParseAll(new OmicsLayer("mirna", "1", names, []), FeatureKind.MiRBase).Select(f => f.Value));
    }

    [Fact]
    public void Error_NoFeatureOnTheNetwork_IsRefused()
    {
        var layer = LayerText.Layer("1 2", features: ["X1", "X2"]);

        var fault = Assert.Throws<NoFeatureOnNetworkException>(() => new NodeMapping(FeatureKind.GeneSymbol, new Names()).Fit(LayerText.Training(layer)));

        Assert.Contains("layer 'rna', network mapping: None of 2 features, read as GeneSymbol, is on the network: 'X1', 'X2'.", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_FewerThanTheStatedShare_IsRefused()
    {
        var fault = Assert.Throws<UnknownFeaturesException>(() => Fit(DuplicateRule.Mean, 0.6));

        Assert.Equal((3, 6), (fault.Matched, fault.FeatureCount));
        Fit(DuplicateRule.Mean, 0.5);
    }

    [Fact]
    public void Error_AMappingToldSourcesThatAreNotThere_IsRefused()
    {
        var report = Fit(DuplicateRule.Mean).Report;

        Assert.Throws<ArgumentException>(() => new FittedNodeMapping("1", ["a"], ["A"], [[1]], report));
        Assert.Throws<ArgumentException>(() => new FittedNodeMapping("1", ["a"], ["A"], [[]], report));
        Assert.Throws<ArgumentException>(() => new FittedNodeMapping("1", ["a"], ["A", "B"], [[0]], report));
    }

    private static FittedNodeMapping Fit(DuplicateRule rule, double leastShare = 0) =>
        new NodeMapping(FeatureKind.GeneSymbol, new Names(), rule, leastShare).FitMapping(LayerText.Training(LayerText.Layer(Rows, features: s_features)));

    /// <summary>Feature names of a file whose first three columns are subject, split and class.</summary>
    private static string[] Header(string file)
    {
        var path = ReferenceData.SharedPathOrNull($"breast_tcga_mixomics/{file}");
        Assert.SkipWhen(path is null, $"breast_tcga_mixomics/{file} is not beside the repository.");
        using var text = new StreamReader(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
        return text.ReadLine()!.Split(',')[3..];
    }

    private sealed class Names : INodeResolver
    {
        public NodeResolution Resolve(FeatureId feature) => feature.Value switch
        {
            "TP53" or "BRCA1" => new NodeResolution(NodeMatch.Exact, feature.Value),
            "p53" => new NodeResolution(NodeMatch.Alias, "TP53"),
            "AMBIG" => new NodeResolution(NodeMatch.Ambiguous),
            _ => new NodeResolution(NodeMatch.Unknown),
        };
    }

    /// <summary>What a host that has both a network and a layer writes.</summary>
    private sealed class CatalogResolver(GeneCatalog catalog) : INodeResolver
    {
        public NodeResolution Resolve(FeatureId feature)
        {
            var answer = catalog.Resolve(feature.Value);
            var match = answer.Kind switch
            {
                ResolutionKind.Symbol => NodeMatch.Exact,
                ResolutionKind.Alias => NodeMatch.Alias,
                ResolutionKind.Ambiguous => NodeMatch.Ambiguous,
                _ => NodeMatch.Unknown,
            };
            return new NodeResolution(match, answer.Symbol?.Value);
        }
    }
}
