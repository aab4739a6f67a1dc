using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>What becomes of a variant whose alleles are the same on both strands: A with T, C with G.</summary>
public enum PalindromeRule
{
    /// <summary>It is left out: the strand cannot be known.</summary>
    LeaveOut,

    /// <summary>The score and the genotypes are taken to be on one strand.</summary>
    SameStrand,

    /// <summary>The strand on which the allele frequencies of score and genotypes agree; left out where one is unknown or near a half.</summary>
    ByFrequency,
}

/// <summary>What stands for a genotype that was not called.</summary>
public enum MissingDosageRule
{
    /// <summary>Twice the frequency of the effect allele: the score file's, else that among the frequency subjects.</summary>
    ExpectedDosage,

    /// <summary>Nothing is added.</summary>
    Nothing,
}

/// <summary>How a polygenic score is computed.</summary>
public sealed record PolygenicOptions
{
    public PalindromeRule Palindromes { get; init; } = PalindromeRule.LeaveOut;

    /// <summary>With <see cref="PalindromeRule.ByFrequency"/>: a frequency nearer to a half than this decides nothing. In [0, 0.5).</summary>
    public double LeastDistanceFromHalf { get; init; } = 0.1;

    /// <summary>Whether alleles may match as the other strand reads them.</summary>
    public bool AllowStrandFlips { get; init; } = true;

    public MissingDosageRule MissingDosages { get; init; } = MissingDosageRule.ExpectedDosage;

    /// <summary>Subjects whose genotypes may tell an allele frequency: training subjects, where there is a training. Empty = none may.</summary>
    public IReadOnlySet<SubjectId> FrequencySubjects { get; init; } = new HashSet<SubjectId>();

    /// <summary>Share of the score's variants, in [0, 1], that must be found.</summary>
    public double LeastMatchedShare { get; init; } = 0.75;

    /// <summary>Build of the genotypes' positions, such as GRCh38; null where unknown. Checked against the score's where both are known.</summary>
    public string? GenomeBuild { get; init; }
}
