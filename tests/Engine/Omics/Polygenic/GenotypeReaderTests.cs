using DigitalTwin.Omics.Polygenic;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Polygenic;

public sealed class GenotypeReaderTests
{
    private const string Table = "chromosome\tposition\tid\tref\talt\ta\tb\n";

    [Fact]
    public void ClosedForm_Calls_CountCopiesOfEachAllele()
    {
        var variant = Assert.Single(PolygenicText.Vcf("chrX 5 v a g,t 0|1 2/1 ./1 1 .").Read(_ => true));

        Assert.Equal(("X", 5, "v"), (variant.Site.Chromosome, variant.Site.Position, variant.Site.Id));
        Assert.Equal(["A", "G", "T"], variant.Site.Alleles);
        Assert.Equal([1, 0, float.NaN, 0, float.NaN], variant.Dosages[0]);
        Assert.Equal([1, 1, float.NaN, 1, float.NaN], variant.Dosages[1]);
        Assert.Equal([0, 1, float.NaN, 0, float.NaN], variant.Dosages[2]);
    }

    [Fact]
    public void ClosedForm_HaploidCalls_CountTwiceWhereStated()
    {
        var variant = Assert.Single(PolygenicText.Vcf("X 5 . A G 0 1 0/1", HaploidRule.Twice).Read(_ => true));

        Assert.Equal([2, 0, 1], variant.Dosages[0]);
        Assert.Equal([0, 2, 1], variant.Dosages[1]);
    }

    [Fact]
    public void ClosedForm_Dosages_GoBeforeCalls()
    {
        var variant = Assert.Single(PolygenicText.Vcf("1 5 . A G 0/1:0.75 ./.:1.5 0/1:. ./.:. 1/1", format: "GT:DS").Read(_ => true));

        Assert.Equal([0.75f, 1.5f, 1, float.NaN, 2], variant.Dosages[1]);
        Assert.Equal([1.25f, 0.5f, 1, float.NaN, 0], variant.Dosages[0]);
        Assert.Equal([0.25f, float.NaN], Assert.Single(PolygenicText.Vcf("1 5 . A G 0.25 .", format: "DS").Read(_ => true)).Dosages[1]);
    }

    [Fact]
    public void ClosedForm_VariantsThatAreNotWanted_AreNotParsed() =>
        Assert.Equal(2, Assert.Single(PolygenicText.Vcf("1 1 . A G nonsense\n1 2 . A G 0/1").Read(s => s.Position == 2)).Site.Position);

    [Fact]
    public void ClosedForm_DosageTable()
    {
        var table = DosageTable.Open(new StringReader(Table + "chr1\t100\trs1\ta\tg\t0.5\tNA\r\n"));

        var variant = Assert.Single(table.Read(_ => true));

        Assert.Equal(["a", "b"], table.Subjects.Select(s => s.Value));
        Assert.Equal([0.5f, float.NaN], variant.Dosages[1]);
        Assert.Equal([1.5f, float.NaN], variant.Dosages[0]);
    }

    [Fact]
    public void Property_ALineThatCrossesTheBuffer_IsWhole()
    {
        var calls = string.Join(' ', Enumerable.Range(0, 9000).Select(i => i % 3 == 0 ? "0/1" : "1/1"));

        var variants = PolygenicText.Vcf($"1 1 . A G {calls}\n1 2 . A G {calls}").Read(_ => true).ToArray();

        Assert.Equal(2, variants.Length);
        Assert.Equal(3000 + (2 * 6000), variants[1].Dosages[1].Sum());
    }

    [Theory]
    [InlineData("1 1 . A G 0/3", "The call of subject 's1' names no allele")]
    [InlineData("1 1 . A G 0/1/1", "has 3 alleles")]
    [InlineData("1 x . A G 0/1", "The position is no whole number")]
    public void Error_RowsThatCannotBeRead_SayWhere(string rows, string message)
    {
        var fault = Assert.Throws<InvalidInputException>(() => PolygenicText.Vcf(rows).Read(_ => true).ToArray()).Faults[0];

        Assert.Equal(("g.vcf", 3), (fault.Location.File, fault.Location.Line));
        Assert.Contains(message, fault.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.5")]
    [InlineData("-0.1")]
    [InlineData("NaN")]
    [InlineData("0.1,0.2")]
    [InlineData("x")]
    public void Error_DosageOutOfRange_NamesTheSubjectAndNotTheValue(string dosage)
    {
        var fault = Assert.Throws<InvalidInputException>(() => PolygenicText.Vcf($"1 1 . A G {dosage}", format: "DS").Read(_ => true).ToArray());

        Assert.Contains("'s1'", fault.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(dosage, fault.Message.Replace("g.vcf", string.Empty, StringComparison.Ordinal).Replace("subject", string.Empty, StringComparison.Ordinal)
            .Replace("from 0 to 2", string.Empty, StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_RowsOfAnotherWidth_AreRefused()
    {
        Assert.Throws<InvalidInputException>(() => PolygenicText.Vcf("1 1 . A G 0/1 0/1\n1 2 . A G 0/1").Read(_ => true).ToArray());
        Assert.Throws<InvalidInputException>(() => PolygenicText.Vcf("1 1 . A G 0/1\n1 2 . A G 0/1 0/0").Read(_ => true).ToArray());
        Assert.Throws<InvalidInputException>(() => DosageTable.Open(new StringReader(Table + "1\t1\tx\tA\tG\t1\n")).Read(_ => true).ToArray());
    }

    [Fact]
    public void Error_Headers_AreChecked()
    {
        Assert.Throws<InvalidInputException>(() => VcfGenotypes.Open(new StringReader("")));
        Assert.Throws<InvalidInputException>(() => VcfGenotypes.Open(new StringReader("#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\n")));
        Assert.Throws<InvalidInputException>(() => DosageTable.Open(new StringReader("chr\tpos\n")));
        Assert.Contains("'a' stands twice", Assert.Throws<InvalidInputException>(
            () => DosageTable.Open(new StringReader("chromosome\tposition\tid\tref\talt\ta\ta\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_Limits_AreHeld()
    {
        Assert.Contains("more than 60 characters", Assert.Throws<InvalidInputException>(
            () => DosageTable.Open(new StringReader(Table + new string('1', 100)), "t", new PolygenicReadLimits(LongestLine: 60)).Read(_ => true).ToArray()).Message, StringComparison.Ordinal);
        Assert.Contains("more than 1 variants", Assert.Throws<InvalidInputException>(
            () => DosageTable.Open(new StringReader(Table + "1\t1\tx\tA\tG\t1\t1\n1\t2\tx\tA\tG\t1\t1\n"), "t", new PolygenicReadLimits(MostVariants: 1)).Read(_ => true).ToArray()).Message, StringComparison.Ordinal);
        Assert.Contains("2 subjects, more than 1", Assert.Throws<InvalidInputException>(
            () => DosageTable.Open(new StringReader(Table), "t", new PolygenicReadLimits(MostSubjects: 1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_ReadTwice_IsRefused()
    {
        var genotypes = PolygenicText.Vcf("1 1 . A G 0/1");
        _ = genotypes.Read(_ => true).ToArray();

        Assert.Throws<InvalidOperationException>(() => genotypes.Read(_ => true));
    }
}
