namespace DigitalTwin.Networks.Genes.Reference;

/// <summary>A paper that an edge is cited from.</summary>
/// <param name="Key">First author and year.</param>
/// <param name="Authors">As the journal lists them.</param>
/// <param name="Title">Of the paper.</param>
/// <param name="Journal">Abbreviated.</param>
/// <param name="Year">Of publication.</param>
/// <param name="Pages">Volume and pages.</param>
/// <param name="Doi">Where it is known for certain; else empty.</param>
public sealed record Citation(string Key, string Authors, string Title, string Journal, int Year, string Pages, string Doi);

/// <summary>A step of signalling, as it stands in the curated table.</summary>
/// <param name="Source">Where it starts.</param>
/// <param name="Target">Where it ends.</param>
/// <param name="Type">What it does.</param>
/// <param name="Sign">Up or down.</param>
/// <param name="Pathway">The pathway under which it is listed.</param>
/// <param name="Citation">Where it is described.</param>
public sealed record SignallingEdge(GeneSymbol Source, GeneSymbol Target, EdgeType Type, EdgeSign Sign, string Pathway, Citation Citation);
