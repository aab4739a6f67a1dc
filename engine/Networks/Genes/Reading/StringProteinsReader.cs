using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads which gene each protein of STRING belongs to, from its table of proteins (<c>#string_protein_id</c>, <c>preferred_name</c>, ...).</summary>
public static class StringProteinsReader
{
    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="proteinColumn">Column of the protein.</param>
    /// <param name="geneColumn">Column of its gene.</param>
    /// <param name="options">Its limits and its name are used; null for the defaults.</param>
    /// <returns>From protein to gene, and the report. A protein that stands twice with two genes is left out: it is counted as an ambiguous alias.</returns>
    /// <exception cref="InvalidInputException">A column is not there, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static (IReadOnlyDictionary<string, string> Genes, NetworkReadReport Report) Read(
        TextReader text, string proteinColumn = "string_protein_id", string geneColumn = "preferred_name", NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions { SourceName = "STRING proteins" };
        var table = new TableLines(text, options);
        var (protein, gene) = (table.Require(proteinColumn), table.Require(geneColumn));
        var genes = new Dictionary<string, string>(StringComparer.Ordinal);
        var ambiguous = new HashSet<string>(StringComparer.Ordinal);
        var tally = new FindingTally(options.ExampleCount);
        var count = 0;
        while (table.Read(tally) is { } fields)
        {
            count++;
            if (fields[protein].Length == 0 || !GeneSymbol.TryParse(fields[gene], out var symbol))
            {
                tally.Add(FindingKind.MalformedLine, table.LineNumber, $"'{fields[protein]}' with gene '{fields[gene]}'");
            }
            else if (!genes.TryAdd(fields[protein], symbol.Value) && genes[fields[protein]] != symbol.Value)
            {
                ambiguous.Add(fields[protein]);
                tally.Add(FindingKind.AmbiguousAlias, table.LineNumber, $"{fields[protein]} is {genes[fields[protein]]} and {symbol}");
            }
        }

        foreach (var name in ambiguous)
        {
            genes.Remove(name);
        }

        var nodes = genes.Values.Distinct(StringComparer.Ordinal).Count();
        return (genes, new NetworkReadReport(options.SourceName, table.LineNumber, count, genes.Count, nodes, tally.ToFindings()));
    }
}
