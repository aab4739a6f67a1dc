using System.Globalization;
using System.IO.Compression;
using DigitalTwin.Omics.Polygenic;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Omics.Polygenic;

/// <summary>On the excerpt of 1000 Genomes beside the repository: 1004 variants, 3202 subjects, and a score of 51,209 variants.</summary>
public sealed class PolygenicSharedDataTests
{
    private static readonly PolygenicOptions s_asWritten = new()
    {
        LeastMatchedShare = 0,
        Palindromes = PalindromeRule.SameStrand,
        AllowStrandFlips = false,
        MissingDosages = MissingDosageRule.Nothing,
    };

    [Theory]
    [InlineData(HaploidRule.Once, "once")]
    [InlineData(HaploidRule.Twice, "twice")]
    public void Reference_SumsOverTheExcerpt_MatchPlink2(HaploidRule haploid, string column)
    {
        var scores = Compute(s_asWritten, haploid);
        var table = ReferenceData.Table("omics/polygenic.csv");
        var (subjects, sums) = (table.Text("subject"), table.Numbers(column));

        Assert.Equal((51209, 983), (scores.Report.VariantCount, scores.Report.MatchedCount));
        Assert.Equal(201, subjects.Length);
        var places = scores.Subjects.Select((s, i) => (s.Value, i)).ToDictionary(p => p.Value, p => p.i, StringComparer.Ordinal);
        for (var i = 0; i < subjects.Length; i++)
        {
            // plink2 writes six digits.
            Agreement.Close(sums[i], scores.Sums[places[subjects[i]]], 1e-5, 1e-6);
        }
    }

    /// <summary>The sums given with the data are over 46,778 variants of the whole genome; the excerpt has 983 of them. So the sums themselves
    /// cannot be had from it, but their direction can: an allele counted the wrong way round shows.</summary>
    [Fact]
    public void Published_WholeGenomeSums_GoWithTheExcerpts()
    {
        var scores = Compute(s_asWritten, HaploidRule.Once);
        var whole = Lines("aggregated_scores.txt.gz").Select(l => l.Split('\t')).Where(c => c[0] == "reference")
            .ToDictionary(c => c[2], c => double.Parse(c[4], CultureInfo.InvariantCulture), StringComparer.Ordinal);
        double[] expected = [.. scores.Subjects.Select(s => whole[s.Value])];

        Assert.Equal(3202, expected.Length);
        Assert.Equal(0.30299, Correlation(scores.Sums, expected), 4);
    }

    [Fact]
    public void Reference_Strands_AreCheckedOnTheExcerpt()
    {
        var report = Compute(new PolygenicOptions { LeastMatchedShare = 0 }, HaploidRule.Once).Report;

        // Counted by a script of its own from the two files: 986 rows of the score stand at a place of the excerpt, 983 of them with its alleles, of
        // which 66 are A/T or C/G; the other three match on the other strand. Four rows have an allele that is no sequence; none is stated twice.
        Assert.Equal(new ScoreMatchReport(51209, 917, 3, 66, 0, 50219, 0, 4, 0), report);
    }

    [Theory]
    [InlineData("PGS000001_hmPOS_GRCh37.txt.gz", "PGS000001", "GRCh37", 77)]
    [InlineData("PGS000001_hmPOS_GRCh38.txt.gz", "PGS000001", "GRCh38", 77)]
    [InlineData("PGS000002_hmPOS_GRCh38.txt.gz", "PGS000002", "GRCh38", 77)]
    [InlineData("OPGS017309_hmPOS_GRCh38.txt.gz", "OPGS017309", "GRCh38", 697)]
    [InlineData("PGS001229_hmPOS_GRCh38.txt.gz", "", null, 51209)]
    public void Published_ScoringFiles_HoldTheVariantsTheyState(string file, string id, string? build, int count)
    {
        using var text = Open(file);
        var score = ScoringFileReader.Read(text, file);

        Assert.Equal((id, build, count), (score.Id, score.GenomeBuild, score.Variants.Count));
        if (score.Header.TryGetValue("variants_number", out var stated))
        {
            Assert.Equal(int.Parse(stated, CultureInfo.InvariantCulture), count);
        }
    }

    private static PolygenicScores Compute(PolygenicOptions options, HaploidRule haploid)
    {
        using var scoreText = Open("PGS001229_hmPOS_GRCh38.txt.gz");
        using var genotypeText = Open("tiny1000G.vcf.gz");
        return PolygenicScore.Compute(
            ScoringFileReader.Read(scoreText, "PGS001229"), VcfGenotypes.Open(genotypeText, "tiny1000G", haploid), options);
    }

    private static double Correlation(double[] a, double[] b)
    {
        var (meanA, meanB) = (a.Average(), b.Average());
        var products = a.Zip(b, (x, y) => (x - meanA) * (y - meanB)).Sum();
        return products / Math.Sqrt(a.Sum(x => (x - meanA) * (x - meanA)) * b.Sum(y => (y - meanB) * (y - meanB)));
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var text = Open(file);
        while (text.ReadLine() is { } line)
        {
            yield return line;
        }
    }

    private static StreamReader Open(string file)
    {
        var path = ReferenceData.SharedPathOrNull($"polygenic/{file}");
        Assert.SkipWhen(path is null, $"polygenic/{file} is not beside the repository.");
        return new StreamReader(new GZipStream(File.OpenRead(path!), CompressionMode.Decompress));
    }
}
