using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Reads gene sets from a table with one membership a line.</summary>
public static class GeneSetTableReader
{
    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="setColumn">Column of the set.</param>
    /// <param name="geneColumn">Column of the gene.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="InvalidInputException">A column is not there, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static GeneSetReading Read(TextReader text, string setColumn = "pathway", string geneColumn = "gene", NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        options ??= new NetworkReadOptions { SourceName = "gene sets" };
        var table = new TableLines(text, options);
        var (set, gene) = (table.Require(setColumn), table.Require(geneColumn));
        var intake = new SetIntake(options);
        while (table.Read(intake.Tally) is { } fields)
        {
            intake.Offer(table.LineNumber, fields[set], string.Empty, fields[gene]);
        }

        return intake.Finish(table.LineNumber);
    }
}
