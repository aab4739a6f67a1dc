using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads a table of genes: <c>symbol</c>, and <c>uniprot</c> and <c>aliases</c> where it has them, several in a cell parted by a bar or a comma.</summary>
public static class GeneCatalogReader
{
    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="options">Its limits and its name are used; null for the defaults.</param>
    /// <returns>The catalog, and the report; a symbol that stands twice is counted as a duplicate and its first line kept.</returns>
    /// <exception cref="InvalidInputException">There is no column <c>symbol</c>, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static (GeneCatalog Catalog, NetworkReadReport Report) Read(TextReader text, NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions { SourceName = "genes" };
        var table = new TableLines(text, options);
        var (symbol, uniprot, aliases) = (table.Require("symbol"), table.IndexOf("uniprot"), table.IndexOf("aliases"));
        var genes = new Dictionary<string, GeneNode>(StringComparer.OrdinalIgnoreCase);
        var tally = new FindingTally(options.ExampleCount);
        var count = 0;
        while (table.Read(tally) is { } fields)
        {
            count++;
            if (!GeneSymbol.TryParse(fields[symbol], out var name))
            {
                tally.Add(FindingKind.MalformedLine, table.LineNumber, $"'{fields[symbol]}' is no symbol");
            }
            else if (!genes.TryAdd(name.Value, new GeneNode(name, NodeKind.Gene, name.Value, Names(fields, uniprot), [.. Names(fields, aliases).Order(StringComparer.Ordinal)])))
            {
                tally.Add(FindingKind.DuplicateMember, table.LineNumber, $"{name} stands already");
            }
        }

        var report = new NetworkReadReport(options.SourceName, table.LineNumber, count, genes.Count, genes.Count, tally.ToFindings());
        return (new GeneCatalog(genes.Values), report);
    }

    private static string[] Names(List<string> fields, int column) =>
        column < 0 ? [] : fields[column].Split(['|', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
