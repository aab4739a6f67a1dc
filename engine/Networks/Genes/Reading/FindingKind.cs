namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>What a reader or a builder found and did not pass over in silence.</summary>
public enum FindingKind
{
    /// <summary>A line that cannot be read; left out.</summary>
    MalformedLine,

    /// <summary>An edge from a node to itself; left out.</summary>
    SelfLoop,

    /// <summary>An edge that stands already; merged, the larger weight kept.</summary>
    DuplicateEdge,

    /// <summary>An edge without direction that also stands with its ends exchanged, as in lists that give each pair twice; merged.</summary>
    ReciprocalEdge,

    /// <summary>Two edges with the same ends and opposite signs; see <see cref="ConflictRule"/>.</summary>
    ConflictingEdge,

    /// <summary>A name that the catalog does not hold; see <see cref="UnknownSymbolRule"/>.</summary>
    UnknownSymbol,

    /// <summary>An alias of several genes; its line is left out.</summary>
    AmbiguousAlias,

    /// <summary>An alias or accession of one gene; replaced by the symbol.</summary>
    ResolvedAlias,

    /// <summary>A protein that the map to genes does not hold; its line is left out.</summary>
    UnmappedProtein,

    /// <summary>A score or confidence that was not asked for; left out.</summary>
    BelowThreshold,

    /// <summary>A node that is a complex; see <see cref="ComplexRule"/>.</summary>
    ComplexNode,

    /// <summary>A relation or type with an unknown name; read as an interaction.</summary>
    UnknownRelation,

    /// <summary>A gene set that names a gene twice; counted once.</summary>
    DuplicateMember,

    /// <summary>A gene set whose name stands already; its genes are added to the first.</summary>
    DuplicateSet,

    /// <summary>A gene set without a gene; left out.</summary>
    EmptySet,
}
