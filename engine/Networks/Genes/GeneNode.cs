namespace DigitalTwin.Networks.Genes;

/// <summary>What a node of a gene network stands for.</summary>
public enum NodeKind
{
    /// <summary>A gene, and its product, by symbol.</summary>
    Gene,

    /// <summary>A protein known by its accession only.</summary>
    Protein,

    /// <summary>Several proteins that act as one.</summary>
    Complex,
}

/// <summary>A node of a gene network.</summary>
/// <param name="Symbol">Its name in the network.</param>
/// <param name="Kind">Gene, protein or complex.</param>
/// <param name="HgncSymbol">The approved symbol, where a catalog knows it.</param>
/// <param name="UniProtAccessions">Accessions of its proteins, the likeliest first; may be empty.</param>
/// <param name="Aliases">Other names, in ordinal order; may be empty.</param>
public sealed record GeneNode(
    GeneSymbol Symbol, NodeKind Kind, string? HgncSymbol, IReadOnlyList<string> UniProtAccessions, IReadOnlyList<string> Aliases)
{
    /// <summary>The accession that most likely names the main protein; null where none is known.</summary>
    public string? UniProt => UniProtAccessions.Count == 0 ? null : UniProtAccessions[0];

    /// <summary>A node of which nothing but the name is known. A name that reads as a UniProt accession is a protein, one joined by underscores a complex.</summary>
    public static GeneNode Named(GeneSymbol symbol)
    {
        var kind = UniProtAccession.IsOne(symbol.Value) ? NodeKind.Protein : ComplexName.IsOne(symbol.Value) ? NodeKind.Complex : NodeKind.Gene;
        return new GeneNode(symbol, kind, null, kind == NodeKind.Protein ? [symbol.Value] : [], []);
    }
}
