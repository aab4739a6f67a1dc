namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>What becomes of a name that the catalog does not hold. It is counted in any case.</summary>
public enum UnknownSymbolRule
{
    /// <summary>It becomes a node under the name it has.</summary>
    Keep,

    /// <summary>Its line is left out.</summary>
    Drop,
}

/// <summary>What becomes of a node that is a complex. It is counted in any case.</summary>
public enum ComplexRule
{
    /// <summary>The complex is a node.</summary>
    Keep,

    /// <summary>Each member takes the edge.</summary>
    Expand,

    /// <summary>Its line is left out.</summary>
    Drop,
}

/// <summary>Bounds of what a reader takes in, so that a wrong file ends in a clear error and not in a full memory.</summary>
/// <param name="LongestLine">Characters of a line.</param>
/// <param name="MostLines">Lines of a text.</param>
/// <param name="MostFields">Fields of a line.</param>
public sealed record ReadLimits(int LongestLine = 1 << 20, int MostLines = 20_000_000, int MostFields = 20_000);

/// <summary>How a network or gene sets are read.</summary>
public sealed record NetworkReadOptions
{
    /// <summary>Name of what is read: it stands in errors, in the report, and as the source of edges that name none.</summary>
    public string SourceName { get; init; } = "network";

    /// <summary>Resolves aliases and accessions; null leaves names as they are.</summary>
    public GeneCatalog? Catalog { get; init; }

    public UnknownSymbolRule UnknownSymbols { get; init; } = UnknownSymbolRule.Keep;

    public ConflictRule Conflicts { get; init; } = ConflictRule.Unsigned;

    public ReadLimits Limits { get; init; } = new();

    /// <summary>How many places the report names for each finding.</summary>
    public int ExampleCount { get; init; } = 5;
}
