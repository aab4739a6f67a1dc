using DigitalTwin.Omics.Polygenic;

namespace DigitalTwin.Tests.Engine.Omics.Polygenic;

public sealed class PolygenicScoreTests
{
    private static readonly PolygenicOptions s_any = new() { LeastMatchedShare = 0 };

    [Fact]
    public void ClosedForm_EffectAlleleMayBeAlternateOrReference()
    {
        Assert.Equal([0, 0.5, 1], PolygenicText.Sums("rs1 1 100 G A 0.5", "1 100 . A G 0/0 0|1 1/1"));
        Assert.Equal([1, 0.5, 0], PolygenicText.Sums("rs1 1 100 A G 0.5", "chr1 100 . A G 0/0 0|1 1/1"));
    }

    [Fact]
    public void ClosedForm_OtherStrand_IsReadWhereLettersAllow()
    {
        var flipped = PolygenicScore.Compute(PolygenicText.Score("rs1 1 100 C T 2"), PolygenicText.Vcf("1 100 . A G 0/0 0/1 1/1"));

        Assert.Equal([0, 2, 4], flipped.Sums);
        Assert.Equal((0, 1), (flipped.Report.DirectCount, flipped.Report.FlippedCount));
        Assert.Equal(
            1, PolygenicScore.Compute(PolygenicText.Score("rs1 1 100 C T 2"), PolygenicText.Vcf("1 100 . A G 0/0"), s_any with { AllowStrandFlips = false })
                .Report.AlleleMismatchCount);
    }

    [Fact]
    public void ClosedForm_AllelesAsWritten_GoBeforeTheOtherStrand_InAnyOrder()
    {
        // T/G on the other strand is A/C: the first record would match flipped, the second is the one that is meant.
        const string Flipped = "1 100 . C A 1/1 0/0", Direct = "1 100 . G T 0/1 0/0";

        Assert.Equal([3, 0], PolygenicText.Sums("rs1 1 100 T G 3", $"{Flipped}\n{Direct}"));
        Assert.Equal([3, 0], PolygenicText.Sums("rs1 1 100 T G 3", $"{Direct}\n{Flipped}"));
    }

    [Theory]
    [InlineData(PalindromeRule.LeaveOut, 0, 1, new[] { 0.0, 0, 0, 0 })]
    [InlineData(PalindromeRule.SameStrand, 1, 0, new[] { 0.0, 0, 0, 1 })]
    public void ClosedForm_Palindromes_FollowTheRule(PalindromeRule rule, int direct, int left, double[] sums)
    {
        var result = PolygenicScore.Compute(
            PolygenicText.Score("rs1 1 100 T A 1"), PolygenicText.Vcf("1 100 . A T 0/0 0/0 0/0 0/1"), s_any with { Palindromes = rule });

        Assert.Equal((direct, left), (result.Report.DirectCount, result.Report.PalindromeCount));
        Assert.Equal(sums, result.Sums);
    }

    [Theory]
    [InlineData("0.1", 1, 0, 1.0)] // T is rare here (1 of 8) and in the score: one strand.
    [InlineData("0.9", 0, 1, 7.0)] // T is rare here and frequent in the score: the other strand, so that A is meant.
    [InlineData("0.45", 0, 0, 0.0)] // Too near a half to tell.
    public void ClosedForm_PalindromesByFrequency(string frequency, int direct, int flipped, double total)
    {
        var score = PolygenicText.Score($"rs1 1 100 T A 1 {frequency}", PolygenicText.Columns + " allelefrequency_effect");
        var options = s_any with { Palindromes = PalindromeRule.ByFrequency, FrequencySubjects = PolygenicText.Subjects("s1", "s2", "s3", "s4") };

        var result = PolygenicScore.Compute(score, PolygenicText.Vcf("1 100 . A T 0/0 0/0 0/0 0/1"), options);

        Assert.Equal((direct, flipped), (result.Report.DirectCount, result.Report.FlippedCount));
        Assert.Equal(total, result.Sums.Sum());
    }

    [Fact]
    public void ClosedForm_EveryVariant_IsCountedOnce()
    {
        const string Rows = "rs1 1 100 G A 1\nrs2 1 200 C T 1\nrs3 1 300 A T 1\nrs4 1 400 A C 1\nrs5 1 500 A C 1\nrs1 1 100 A G 1\nHLA 6 700 N P 1";
        const string Genotypes = "1 100 . A G 0/1\n1 200 . A G 1/1\n1 300 . A T 1/1\n1 400 . A G 1/1";

        var report = PolygenicScore.Compute(PolygenicText.Score(Rows), PolygenicText.Vcf(Genotypes), s_any).Report;

        Assert.Equal(new ScoreMatchReport(7, 1, 1, 1, 1, 1, 1, 1, 0), report);
        Assert.StartsWith("2 of 7 variants are used, 1 of them on the other strand.\n  1 left out: not among the genotypes", report.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ClosedForm_RowsWithoutAnyPlace_AreNotFound_AndNoRepetitions()
    {
        var report = PolygenicScore.Compute(
            PolygenicText.Score("rs1 1 100 G A 1\n. . . G A 1\n. . . G A 1"), PolygenicText.Vcf("1 100 . A G 0/1"), s_any).Report;

        Assert.Equal((1, 2, 0), (report.DirectCount, report.NotFoundCount, report.RepeatedCount));
    }

    [Fact]
    public void ClosedForm_MissingCalls_TakeTwiceTheFrequency()
    {
        const string Genotypes = "1 100 . A G 0/1 1/1 ./. 0/0";
        var file = PolygenicText.Score("rs1 1 100 G A 1 0.2", PolygenicText.Columns + " allelefrequency_effect");
        var options = s_any with { FrequencySubjects = PolygenicText.Subjects("s1", "s2") };

        // The file's frequency goes first; else that of the frequency subjects: 3 of 4 copies. The fourth subject must not count.
        Assert.Equal([1, 2, 0.4, 0], PolygenicScore.Compute(file, PolygenicText.Vcf(Genotypes), options).Sums, (a, b) => Math.Abs(a - b) < 1e-12);
        var result = PolygenicScore.Compute(PolygenicText.Score("rs1 1 100 G A 1"), PolygenicText.Vcf(Genotypes), options);
        Assert.Equal([1, 2, 1.5, 0], result.Sums);
        Assert.Equal([0, 0, 1, 0], result.FilledDosageCounts);
        Assert.Equal([1, 2, 0, 0], PolygenicText.Sums("rs1 1 100 G A 1", Genotypes, s_any with { MissingDosages = MissingDosageRule.Nothing }));
    }

    [Fact]
    public void ClosedForm_DominantAndRecessive()
    {
        const string Columns = PolygenicText.Columns + " is_dominant is_recessive";
        const string Genotypes = "1 100 . A G 0/0 0/1 1/1";

        Assert.Equal([0, 1, 1], PolygenicScore.Compute(PolygenicText.Score("rs1 1 100 G A 1 True False", Columns), PolygenicText.Vcf(Genotypes)).Sums);
        Assert.Equal([0, 0, 1], PolygenicScore.Compute(PolygenicText.Score("rs1 1 100 G A 1 False True", Columns), PolygenicText.Vcf(Genotypes)).Sums);
    }

    [Fact]
    public void ClosedForm_WithoutAPosition_TheRsNumberFinds() => Assert.Equal(
        [1, 0],
        PolygenicScore.Compute(PolygenicText.Score("rs1 G A 1", "rsID effect_allele other_allele effect_weight"), PolygenicText.Vcf("9 77 rs7;rs1 A G 0/1 0/0")).Sums);

    [Fact]
    public void ClosedForm_SeveralAlternates_EachHasItsCopies() => Assert.Equal(
        [1, 10, 11, 2],
        PolygenicText.Sums("rs1 1 100 G A 1\nrs2 1 100 T A 10", "1 100 . A G,T 0/1 0/2 1/2 1/1", new PolygenicOptions { Palindromes = PalindromeRule.SameStrand }));

    [Fact]
    public void Error_TooFewVariants_SaysWhatFell()
    {
        var fault = Assert.Throws<TooFewVariantsException>(() => PolygenicText.Sums("rs1 1 100 G A 1\nrs2 1 200 G A 1", "1 100 . A G 0/1"));

        Assert.Equal(1, fault.Report.NotFoundCount);
        Assert.Contains("score 's.txt': 50.0", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_AnotherGenomeBuild_IsRefused()
    {
        var score = PolygenicText.Score("rs1 1 100 G A 1", header: "#genome_build=hg19\n");

        Assert.Throws<GenomeBuildException>(() => PolygenicScore.Compute(score, PolygenicText.Vcf("1 100 . A G 0/1"), new PolygenicOptions { GenomeBuild = "GRCh38" }));
        Assert.Equal([1], PolygenicScore.Compute(score, PolygenicText.Vcf("1 100 . A G 0/1"), new PolygenicOptions { GenomeBuild = "GRCh37" }).Sums);
    }

    [Fact]
    public void Error_MissingCallWithoutAFrequency_NamesTheVariant() => Assert.Contains(
        "Variant 1:100", Assert.Throws<UnknownFrequencyException>(() => PolygenicText.Sums("rs1 1 100 G A 1", "1 100 . A G 0/1 ./.")).Message, StringComparison.Ordinal);
}
