using DigitalTwin.Omics.Polygenic;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Polygenic;

public sealed class ScoringFileReaderTests
{
    [Fact]
    public void ClosedForm_HeaderAndHarmonisedColumns()
    {
        const string Header = "###PGS CATALOG SCORING FILE\n#pgs_id=PGS000001\n#genome_build=NR\n#HmPOS_build=GRCh38\n";
        var score = PolygenicText.Score(
            "rs1 11 T C 0.5 rs1 11 69516650 .\nrs2 5 a g -1e-3 . . . .", "rsID chr_name effect_allele other_allele effect_weight hm_rsID hm_chr hm_pos hm_inferOtherAllele", Header);

        Assert.Equal(("PGS000001", "GRCh38", "NR"), (score.Id, score.GenomeBuild, score.Header["genome_build"]));
        Assert.Equal(new ScoreVariant("11", 69516650, "rs1", "T", "C", 0.5, EffectType.Additive, double.NaN, 6), score.Variants[0]);
        Assert.Equal(new ScoreVariant("", 0, "rs2", "A", "G", -0.001, EffectType.Additive, double.NaN, 7), score.Variants[1]);
    }

    [Fact]
    public void ClosedForm_InferredOtherAllele_IsUsedWhereItIsOne()
    {
        const string Columns = "chr_name chr_position effect_allele effect_weight hm_inferOtherAllele";
        var variants = PolygenicText.Score("1 10 A 1 G\n1 20 A 1 C/G", Columns).Variants;

        Assert.Equal(["G", ""], variants.Select(v => v.OtherAllele));
    }

    [Theory]
    [InlineData("rs1 1 100 G A x", "The weight 'x' is no number")]
    [InlineData("rs1 1 100 G A NaN", "The weight 'NaN' is no number")]
    [InlineData("rs1 1 0 G A 1", "The position '0'")]
    [InlineData("rs1 1 1.5 G A 1", "The position '1.5'")]
    [InlineData("rs1 1 100  A 1", "There is no effect allele")]
    [InlineData("rs1 1 100 G A 1 9 9", "8 cells for 6 columns")]
    public void Error_RowsThatCannotBeUsed_SayWhere(string row, string message)
    {
        var fault = Assert.Throws<InvalidInputException>(() => PolygenicText.Score(row)).Faults[0];

        Assert.Equal(("s.txt", 2), (fault.Location.File, fault.Location.Line));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_EveryFaultyRow_IsNamed() =>
        Assert.Equal([2, 4], Assert.Throws<InvalidInputException>(() => PolygenicText.Score("rs1 1 100 G A x\nrs1 1 100 G A 1\nrs1 1 -1 G A 1")).Faults.Select(f => f.Location.Line));

    [Theory]
    [InlineData("is_interaction")]
    [InlineData("is_haplotype")]
    [InlineData("is_diplotype")]
    public void Error_EffectsOfSeveralVariants_AreRefused(string column) => Assert.Contains(
        $"'{column}' is set", Assert.Throws<InvalidInputException>(() => PolygenicText.Score("rs1 1 100 G A 1 True", $"{PolygenicText.Columns} {column}")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("rsID other_allele effect_weight", "no column 'effect_allele'")]
    [InlineData("rsID effect_allele dosage_0_weight", "Weights by dosage are not supported")]
    [InlineData("effect_allele effect_weight", "so variants cannot be found")]
    [InlineData("rsID effect_allele effect_weight rsID", "'rsID' stands twice")]
    public void Error_Columns_AreChecked(string columns, string message) =>
        Assert.Contains(message, Assert.Throws<InvalidInputException>(() => PolygenicText.Score("x", columns)).Message, StringComparison.Ordinal);

    [Fact]
    public void Error_EmptyFiles_AreRefused()
    {
        Assert.Throws<InvalidInputException>(() => ScoringFileReader.Read(new StringReader("")));
        Assert.Throws<InvalidInputException>(() => ScoringFileReader.Read(new StringReader("#only=header\n")));
        Assert.Throws<InvalidInputException>(() => ScoringFileReader.Read(new StringReader("rsID\teffect_allele\teffect_weight\n")));
    }

    [Fact]
    public void Error_AHeaderWithoutEnd_IsRefused() => Assert.Contains(
        "more than 10000 lines",
        Assert.Throws<InvalidInputException>(() => ScoringFileReader.Read(new StringReader(string.Concat(Enumerable.Range(0, 10_001).Select(i => $"#{i}=1\n"))))).Message,
        StringComparison.Ordinal);
}
