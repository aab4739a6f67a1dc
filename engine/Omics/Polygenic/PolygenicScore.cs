using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Computes polygenic scores: the sum over variants of weight times copies of the effect allele.</summary>
/// <remarks>Source: [Lambert2021]; sums agree with <c>plink2 --score</c> [Chang2015] where no variant is flipped and palindromes are taken as written.
/// A variant is found by chromosome and position, or by its rs number where the score has no position. Alleles as written go before alleles of the
/// other strand; of two variants that match as written the first counts. Additions run in the order of the genotype file, those of flipped variants last.</remarks>
public static class PolygenicScore
{
    /// <exception cref="GenomeBuildException">Score and genotypes are of two builds.</exception>
    /// <exception cref="TooFewVariantsException">Fewer than the stated share of the variants can be used.</exception>
    /// <exception cref="UnknownFrequencyException">A genotype was not called and nothing says what is expected.</exception>
    /// <exception cref="InvalidInputException">The genotypes cannot be read.</exception>
    public static PolygenicScores Compute(ScoringFile score, IGenotypeSource genotypes, PolygenicOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(score);
        ArgumentNullException.ThrowIfNull(genotypes);
        options ??= new PolygenicOptions();
        if (score.GenomeBuild is { } build && options.GenomeBuild is { } stated && !SameBuild(build, stated))
        {
            throw new GenomeBuildException(score.SourceName, build, stated);
        }

        var places = new ScorePlaces(score.Variants);
        var matches = new ScoreMatching(score, places, options, genotypes.Subjects);
        foreach (var variant in genotypes.Read(places.IsWanted))
        {
            matches.Meet(variant);
        }

        matches.AddFlipped();
        var report = matches.Report();
        return report.MatchedShare >= options.LeastMatchedShare
            ? new PolygenicScores(genotypes.Subjects, matches.Sums, matches.FilledCounts, report)
            : throw new TooFewVariantsException(score.SourceName, report, options.LeastMatchedShare);
    }

    private static bool SameBuild(string a, string b) => Bare(a) == Bare(b);

    private static string Bare(string build) => build.ToUpperInvariant() switch
    {
        "HG19" or "B37" => "GRCH37",
        "HG38" or "B38" => "GRCH38",
        var other => other,
    };
}
