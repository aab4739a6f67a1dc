using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Names of the columns of a list of STRING links.</summary>
public sealed record StringLinksColumns(string Protein1 = "protein1", string Protein2 = "protein2", string Score = "combined_score");

/// <summary>Reads links of STRING: two proteins and a combined score from 0 to 1000, which says how likely an association is. It becomes the weight, over 1000.
/// Links have neither direction nor sign, and the files give each pair twice.</summary>
/// <remarks>Source: [Szklarczyk2023].</remarks>
public static class StringLinksReader
{
    private const double HighestScore = 1000;

    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="genes">Which gene a protein belongs to (<see cref="StringProteinsReader"/>); null takes the proteins' names as they are.</param>
    /// <param name="leastScore">Weaker links are counted and left out. STRING calls 400 medium, 700 high and 900 highest confidence.</param>
    /// <param name="columns">Names of the columns; null for those of STRING.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="ArgumentOutOfRangeException">The least score is not from 0 to 1000.</exception>
    /// <exception cref="InvalidInputException">A column is not there, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static NetworkReading Read(
        TextReader text,
        IReadOnlyDictionary<string, string>? genes,
        int leastScore = 700,
        StringLinksColumns? columns = null,
        NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (leastScore is < 0 or > (int)HighestScore)
        {
            throw new ArgumentOutOfRangeException(nameof(leastScore), leastScore, $"A score of STRING is from 0 to {HighestScore}.");
        }

        columns ??= new StringLinksColumns();
        options ??= new NetworkReadOptions { SourceName = "STRING" };
        var table = new TableLines(text, options);
        var (first, second, score) = (table.Require(columns.Protein1), table.Require(columns.Protein2), table.Require(columns.Score));
        var intake = new EdgeIntake(options);
        while (table.Read(intake.Tally) is { } fields)
        {
            var line = table.LineNumber;
            if (!CellText.TryNumber(fields[score], out var value) || value is < 0 or > HighestScore)
            {
                intake.Refuse(FindingKind.MalformedLine, line, $"'{fields[score]}' is no score from 0 to {HighestScore}");
            }
            else if (value < leastScore || value == 0)
            {
                intake.Refuse(FindingKind.BelowThreshold, line, $"{fields[first]} -- {fields[second]} has score {fields[score]}");
            }
            else if (GeneOf(fields[first], genes) is { } one && GeneOf(fields[second], genes) is { } other)
            {
                intake.Offer(line, one, other, EdgeType.Association, EdgeSign.Unknown, value / HighestScore, options.SourceName, false);
            }
            else
            {
                intake.Refuse(FindingKind.UnmappedProtein, line, GeneOf(fields[first], genes) is null ? fields[first] : fields[second]);
            }
        }

        return intake.Finish(table.LineNumber);
    }

    private static string? GeneOf(string protein, IReadOnlyDictionary<string, string>? genes) => genes is null ? protein : genes.GetValueOrDefault(protein);
}
