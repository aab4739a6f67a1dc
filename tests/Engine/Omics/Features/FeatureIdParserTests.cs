using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Features;

namespace DigitalTwin.Tests.Engine.Omics.Features;

public sealed class FeatureIdParserTests
{
    [Theory]
    [InlineData(FeatureKind.GeneSymbol, "TP53", "TP53", "")]
    [InlineData(FeatureKind.GeneSymbol, " HLA-DRB1 ", "HLA-DRB1", "")]
    [InlineData(FeatureKind.GeneSymbol, "C1orf112", "C1orf112", "")]
    [InlineData(FeatureKind.GeneSymbol, "RP11-54O7.1", "RP11-54O7.1", "")]
    [InlineData(FeatureKind.Ensembl, "ENSG00000141510", "ENSG00000141510", "")]
    [InlineData(FeatureKind.Ensembl, "ENSG00000141510.18", "ENSG00000141510", "18")]
    [InlineData(FeatureKind.Ensembl, "ENSMUSG00000059552", "ENSMUSG00000059552", "")]
    [InlineData(FeatureKind.UniProt, "P04637", "P04637", "")]
    [InlineData(FeatureKind.UniProt, "P04637-2", "P04637", "2")]
    [InlineData(FeatureKind.UniProt, "A0A024R1R8", "A0A024R1R8", "")]
    [InlineData(FeatureKind.MiRBase, "hsa-miR-21-5p", "hsa-miR-21-5p", "")]
    [InlineData(FeatureKind.MiRBase, "hsa-let-7a-1", "hsa-let-7a-1", "")]
    [InlineData(FeatureKind.MiRBase, "MIMAT0000076", "MIMAT0000076", "")]
    [InlineData(FeatureKind.CpG, "cg00000029", "cg00000029", "")]
    [InlineData(FeatureKind.CpG, "cg00000029_TC21", "cg00000029", "TC21")]
    [InlineData(FeatureKind.CpG, "ch.13.39564907R", "ch.13.39564907R", "")]
    [InlineData(FeatureKind.MassToCharge, "180.0634", "180.0634", "")]
    [InlineData(FeatureKind.MassToCharge, "mz180.0634@4.21", "180.0634", "4.21")]
    [InlineData(FeatureKind.Otu, "OTU_0012", "OTU_0012", "")]
    [InlineData(FeatureKind.Otu, "ASV7", "ASV7", "")]
    [InlineData(FeatureKind.Otu, "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef", "")]
    public void ClosedForm_NamesOfEachKind(FeatureKind kind, string text, string value, string qualifier)
    {
        var id = FeatureIdParser.Parse(kind, text);

        Assert.Equal((kind, value, qualifier), (id.Kind, id.Value, id.Qualifier));
    }

    [Theory]
    [InlineData(FeatureKind.GeneSymbol, "1-Mar")]
    [InlineData(FeatureKind.GeneSymbol, "TP53 BRCA1")]
    [InlineData(FeatureKind.GeneSymbol, "")]
    [InlineData(FeatureKind.Ensembl, "ENSG0000014151")]
    [InlineData(FeatureKind.Ensembl, "TP53")]
    [InlineData(FeatureKind.UniProt, "P0463")]
    [InlineData(FeatureKind.UniProt, "TP53_HUMAN")]
    [InlineData(FeatureKind.MiRBase, "miR-21")]
    [InlineData(FeatureKind.MiRBase, "MIMAT76")]
    [InlineData(FeatureKind.CpG, "cg29")]
    [InlineData(FeatureKind.MassToCharge, "0.0")]
    [InlineData(FeatureKind.MassToCharge, "-12.1")]
    [InlineData(FeatureKind.MassToCharge, "1e5")]
    [InlineData(FeatureKind.Otu, "OTU")]
    public void Error_NamesWithoutTheFormOfTheirKind(FeatureKind kind, string text)
    {
        Assert.False(FeatureIdParser.TryParse(kind, text, out _));
        Assert.Contains(FeatureIdParser.Example(kind), Assert.Throws<FeatureIdException>(() => FeatureIdParser.Parse(kind, text)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_EveryExample_IsOfItsKind()
    {
        Assert.All(
            Enum.GetValues<FeatureKind>(),
            kind => Assert.True(FeatureIdParser.TryParse(kind, FeatureIdParser.Example(kind).Split([",", " or"], StringSplitOptions.None)[0], out _), $"{kind}"));
    }

    [Fact]
    public void Error_ALayersWrongNames_AreAllNamed()
    {
        var layer = LayerText.Layer("1 2 3", features: ["TP53", "1-Mar", "2-Sep"]);

        var fault = Assert.Throws<FeatureIdException>(() => FeatureIdParser.ParseAll(layer, FeatureKind.GeneSymbol));

        Assert.Equal(["1-Mar", "2-Sep"], fault.Names);
        Assert.StartsWith("layer 'rna': 2 names are no GeneSymbol ids: '1-Mar', '2-Sep'.", fault.Message, StringComparison.Ordinal);
    }
}
