namespace DigitalTwin.Omics.Polygenic;

/// <summary>Letters of alleles and chromosomes.</summary>
internal static class Alleles
{
    /// <summary>True for a run of A, C, G, T.</summary>
    public static bool IsSequence(string allele) => allele.Length > 0 && !allele.AsSpan().ContainsAnyExcept("ACGT");

    /// <summary>The allele as the other strand reads it: complements in reverse order.</summary>
    public static string OtherStrand(string allele) => string.Create(allele.Length, allele, (letters, source) =>
    {
        for (var i = 0; i < letters.Length; i++)
        {
            letters[letters.Length - 1 - i] = source[i] switch { 'A' => 'T', 'C' => 'G', 'G' => 'C', 'T' => 'A', var other => other };
        }
    });

    /// <summary>True where the two alleles read on the other strand are the same two: A with T, C with G.</summary>
    public static bool ArePalindromic(string a, string b) => OtherStrand(a) == b;

    /// <summary>A chromosome without "chr"; 23 is X, 24 Y, 26 and M are MT.</summary>
    public static string Chromosome(string name)
    {
        var bare = name.StartsWith("chr", StringComparison.OrdinalIgnoreCase) ? name[3..] : name;
        return bare.ToUpperInvariant() switch { "23" => "X", "24" => "Y", "26" or "M" => "MT", var other => other };
    }
}
