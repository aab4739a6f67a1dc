using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Polygenic;

/// <summary>Where a variant stands and what its alleles are.</summary>
/// <param name="Chromosome">Without "chr".</param>
/// <param name="Position">From 1.</param>
/// <param name="Id">Name, several apart by semicolons; "." where there is none.</param>
/// <param name="Alleles">The reference allele first, upper case.</param>
public sealed record VariantSite(string Chromosome, int Position, string Id, IReadOnlyList<string> Alleles);

/// <summary>A variant with the subjects' genotypes.</summary>
/// <param name="Site">Where it stands.</param>
/// <param name="Dosages">Copies of each allele, shape [alleles][subjects], NaN = not called.</param>
public sealed record VariantGenotypes(VariantSite Site, IReadOnlyList<float[]> Dosages);

/// <summary>Genotypes of subjects, one variant after another, so that no more than one is in memory.</summary>
public interface IGenotypeSource
{
    /// <summary>Name of the file, for errors.</summary>
    string SourceName { get; }

    /// <summary>Shape [subjects], each once.</summary>
    IReadOnlyList<SubjectId> Subjects { get; }

    /// <summary>The wanted variants in the order of the file. The file is read once.</summary>
    /// <param name="isWanted">Genotypes of other variants are not parsed.</param>
    IEnumerable<VariantGenotypes> Read(Predicate<VariantSite> isWanted);
}
