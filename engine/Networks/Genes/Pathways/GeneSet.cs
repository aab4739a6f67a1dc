namespace DigitalTwin.Networks.Genes.Pathways;

/// <summary>Genes that belong together: a pathway, a process, a signature.</summary>
/// <param name="Id">Its name, once in a collection.</param>
/// <param name="Description">What it is; may be empty.</param>
/// <param name="Genes">Its genes in ordinal order, each once.</param>
public sealed record GeneSet(string Id, string Description, IReadOnlyList<GeneSymbol> Genes);
