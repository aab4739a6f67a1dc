namespace DigitalTwin.Omics.Polygenic;

/// <summary>How the weight of a variant counts.</summary>
public enum EffectType
{
    /// <summary>Weight times the dosage.</summary>
    Additive,

    /// <summary>Weight times the dosage, at most 1.</summary>
    Dominant,

    /// <summary>Weight times the dosage above 1.</summary>
    Recessive,
}

/// <summary>One variant of a polygenic score.</summary>
/// <param name="Chromosome">Without "chr"; empty where unknown.</param>
/// <param name="Position">From 1; 0 where unknown.</param>
/// <param name="RsId">dbSNP name; empty where unknown.</param>
/// <param name="EffectAllele">The allele that the weight is for, upper case.</param>
/// <param name="OtherAllele">The other one; empty where unknown.</param>
/// <param name="Weight">For each copy of the effect allele.</param>
/// <param name="Effect">How the weight counts.</param>
/// <param name="Frequency">Of the effect allele, in [0, 1]; NaN where the file does not say.</param>
/// <param name="Line">Line of the file.</param>
public sealed record ScoreVariant(
    string Chromosome, int Position, string RsId, string EffectAllele, string OtherAllele, double Weight, EffectType Effect, double Frequency, int Line)
{
    public override string ToString() => Position > 0 ? $"{Chromosome}:{Position}" : RsId;
}

/// <summary>A polygenic score as the PGS Catalog writes it.</summary>
/// <param name="SourceName">Name of the file, for errors.</param>
/// <param name="Id">The catalog's id; empty where the file does not say.</param>
/// <param name="GenomeBuild">Build of the positions used; null where the file does not say.</param>
/// <param name="Header">Every <c>#key=value</c> of the file.</param>
/// <param name="Variants">In the order of the file.</param>
public sealed record ScoringFile(
    string SourceName, string Id, string? GenomeBuild, IReadOnlyDictionary<string, string> Header, IReadOnlyList<ScoreVariant> Variants);
