namespace DigitalTwin.Omics.Polygenic;

/// <summary>Bounds of what a reader takes in, so that a wrong file ends in a clear error and not in a full memory.</summary>
/// <param name="LongestLine">Characters of a line.</param>
/// <param name="MostVariants">Lines of variants.</param>
/// <param name="MostSubjects">Subjects of a genotype file.</param>
public sealed record PolygenicReadLimits(int LongestLine = 1 << 26, int MostVariants = 50_000_000, int MostSubjects = 2_000_000);
