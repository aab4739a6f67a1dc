namespace DigitalTwin.Networks.Genes;

/// <summary>How a catalog answered to a name.</summary>
public enum ResolutionKind
{
    /// <summary>The name is the symbol.</summary>
    Symbol,

    /// <summary>The name is an alias or accession of one gene, or its symbol in other letters.</summary>
    Alias,

    /// <summary>The name is an alias of several genes: which one is meant is not guessed.</summary>
    Ambiguous,

    /// <summary>The catalog does not hold it.</summary>
    Unknown,
}

/// <summary>The answer of a catalog to a name.</summary>
/// <param name="Kind">How the name was found.</param>
/// <param name="Symbol">The gene that is meant; null where ambiguous or unknown.</param>
/// <param name="Candidates">The genes an ambiguous name may stand for, in ordinal order; else empty.</param>
public sealed record SymbolResolution(ResolutionKind Kind, GeneSymbol? Symbol, IReadOnlyList<GeneSymbol> Candidates);
