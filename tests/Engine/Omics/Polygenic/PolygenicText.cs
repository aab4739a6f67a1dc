using DigitalTwin.Omics.Polygenic;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Omics.Polygenic;

/// <summary>Small scores and genotypes for tests.</summary>
internal static class PolygenicText
{
    public const string Columns = "rsID chr_name chr_position effect_allele other_allele effect_weight";

    public static ScoringFile Score(string rows, string columns = Columns, string header = "") =>
        ScoringFileReader.Read(new StringReader($"{header}{Tabs(columns)}\n{Tabs(rows)}\n"), "s.txt");

    /// <summary>Rows "1 100 . A G 0/1 1/1".</summary>
    public static VcfGenotypes Vcf(string rows, HaploidRule haploid = HaploidRule.Once, string format = "GT")
    {
        var lines = rows.Split('\n').Select(r => r.Trim().Split(' ')).ToArray();
        var names = string.Join('\t', Enumerable.Range(1, lines[0].Length - 5).Select(i => $"s{i}"));
        var text = string.Join('\n', lines.Select(c => string.Join('\t', [.. c[..5], ".", ".", ".", format, .. c[5..]])));
        return VcfGenotypes.Open(
            new StringReader($"##fileformat=VCFv4.3\n#CHROM\tPOS\tID\tREF\tALT\tQUAL\tFILTER\tINFO\tFORMAT\t{names}\n{text}\n"), "g.vcf", haploid);
    }

    public static double[] Sums(string score, string genotypes, PolygenicOptions? options = null) =>
        PolygenicScore.Compute(Score(score), Vcf(genotypes), options).Sums;

    public static HashSet<SubjectId> Subjects(params string[] names) => [.. names.Select(n => new SubjectId(n))];

    private static string Tabs(string text) => text.Replace(' ', '\t');
}
