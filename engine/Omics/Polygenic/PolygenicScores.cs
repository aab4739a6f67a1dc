using System.Text;
using DigitalTwin.Omics.Faults;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>What became of each variant of a score; the counts but the last add up to the variants of the file.</summary>
/// <param name="VariantCount">Variants of the score.</param>
/// <param name="DirectCount">Used, alleles as written.</param>
/// <param name="FlippedCount">Used, alleles as the other strand reads them.</param>
/// <param name="PalindromeCount">Left out: A with T or C with G, by the stated rule.</param>
/// <param name="AlleleMismatchCount">Left out: the genotypes have other alleles at the place.</param>
/// <param name="NotFoundCount">Left out: the genotypes have no such place, or the score states neither position nor rs number.</param>
/// <param name="RepeatedCount">Left out: the score states the variant in an earlier row.</param>
/// <param name="NoSequenceCount">Left out: an allele is no run of A, C, G, T.</param>
/// <param name="FilledDosageCount">Genotypes not called, for which the stated rule stands.</param>
public sealed record ScoreMatchReport(
    int VariantCount,
    int DirectCount,
    int FlippedCount,
    int PalindromeCount,
    int AlleleMismatchCount,
    int NotFoundCount,
    int RepeatedCount,
    int NoSequenceCount,
    long FilledDosageCount)
{
    public int MatchedCount => DirectCount + FlippedCount;

    public double MatchedShare => (double)MatchedCount / VariantCount;

    /// <summary>For a person to read: one line in all, one for each reason.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{MatchedCount} of {VariantCount} variants are used, {FlippedCount} of them on the other strand.");
        Add(text, NotFoundCount, "not among the genotypes");
        Add(text, AlleleMismatchCount, "with other alleles");
        Add(text, PalindromeCount, "of unknown strand (A/T or C/G)");
        Add(text, RepeatedCount, "stated twice");
        Add(text, NoSequenceCount, "whose allele is no sequence");
        if (FilledDosageCount > 0)
        {
            text.Append($"\n  {FilledDosageCount} genotypes were not called");
        }

        return text.ToString();
    }

    private static void Add(StringBuilder text, int count, string reason)
    {
        if (count > 0)
        {
            text.Append($"\n  {count} left out: {reason}");
        }
    }
}

/// <summary>Polygenic scores of subjects.</summary>
/// <param name="Subjects">Shape [subjects], in the order of the genotypes.</param>
/// <param name="Sums">Sum of weight times dosage, shape [subjects].</param>
/// <param name="FilledDosageCounts">Genotypes not called, shape [subjects].</param>
/// <param name="Report">What became of each variant.</param>
public sealed record PolygenicScores(IReadOnlyList<SubjectId> Subjects, double[] Sums, int[] FilledDosageCounts, ScoreMatchReport Report);

/// <summary>Too few variants of a score are among the genotypes.</summary>
public sealed class TooFewVariantsException(string score, ScoreMatchReport report, double leastShare)
    : OmicsException(
        $"score '{score}'",
        FormattableString.Invariant($"{report.MatchedShare:P1} of its variants can be used, less than the stated {leastShare:P1}. {report}"),
        "Check the genome build, impute the genotypes, or state a lower share.")
{
    public ScoreMatchReport Report { get; } = report;
}

/// <summary>Score and genotypes are of two genome builds.</summary>
public sealed class GenomeBuildException(string score, string scoreBuild, string genotypeBuild)
    : OmicsException(
        $"score '{score}'",
        $"Its positions are of {scoreBuild}, those of the genotypes of {genotypeBuild}: variants would be taken for others.",
        "Use the score harmonised to the build of the genotypes.");

/// <summary>A genotype was not called and nothing says how frequent its effect allele is.</summary>
public sealed class UnknownFrequencyException(string score, string variant)
    : OmicsException(
        $"score '{score}'",
        $"Variant {variant} is not called in every subject, and neither the score nor a frequency subject tells how frequent its effect allele is.",
        "Name the frequency subjects (those of training), or state that missing dosages add nothing.");
