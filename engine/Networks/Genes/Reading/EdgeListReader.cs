using DigitalTwin.Vocabulary;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Names of the columns of an edge list, upper and lower case taken as one.</summary>
/// <param name="Source">Where the edge starts; must be there.</param>
/// <param name="Target">Where it ends; must be there.</param>
/// <param name="Sign">1, -1, 0, a mark or a word; null or absent means unknown.</param>
/// <param name="Weight">A positive number; null or absent means 1.</param>
/// <param name="Type">Name of a relation, which brings its own sign and direction; null or absent leaves the type to the sign.</param>
/// <param name="Directed">1 or 0, true or false; null, absent or an empty cell means <see cref="IsDirected"/>, and directed where there is a sign.</param>
/// <param name="SourceName">Where the edge is known from; null or absent means the name of the text.</param>
public sealed record EdgeListColumns(
    string Source = "source",
    string Target = "target",
    string? Sign = "sign",
    string? Weight = "weight",
    string? Type = "type",
    string? Directed = "directed",
    string? SourceName = "database")
{
    /// <summary>Direction of an edge where no column says.</summary>
    public bool IsDirected { get; init; } = true;
}

/// <summary>Reads an edge list: a table with a header line, cut at tabs, commas, semicolons or blanks, whichever the header has.</summary>
public static class EdgeListReader
{
    /// <param name="text">Read to its end; not closed.</param>
    /// <param name="columns">Names of the columns; null for the defaults.</param>
    /// <param name="options">How to read; null for the defaults.</param>
    /// <exception cref="InvalidInputException">There is no header, a column that must be there is not, or a limit of <see cref="ReadLimits"/> is passed.</exception>
    public static NetworkReading Read(TextReader text, EdgeListColumns? columns = null, NetworkReadOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        columns ??= new EdgeListColumns();
        options ??= new NetworkReadOptions();
        var table = new TableLines(text, options);
        var (source, target) = (table.Require(columns.Source), table.Require(columns.Target));
        var (sign, weight, type) = (table.IndexOf(columns.Sign), table.IndexOf(columns.Weight), table.IndexOf(columns.Type));
        var (directed, sourceName) = (table.IndexOf(columns.Directed), table.IndexOf(columns.SourceName));
        var intake = new EdgeIntake(options);
        while (table.Read(intake.Tally) is { } fields)
        {
            var stated = new StatedCells(Cell(fields, sign), Cell(fields, weight), Cell(fields, type), Cell(fields, directed));
            if (stated.Fault(columns.IsDirected, out var edge) is { } fault)
            {
                intake.Refuse(FindingKind.MalformedLine, table.LineNumber, fault);
                continue;
            }

            if (edge.IsUnknownRelation)
            {
                intake.Tally.Add(FindingKind.UnknownRelation, table.LineNumber, stated.Type!);
            }

            var name = Cell(fields, sourceName) is { Length: > 0 } given ? given : options.SourceName;
            intake.Offer(table.LineNumber, fields[source], fields[target], edge.Type, edge.Sign, edge.Weight, name, edge.IsDirected);
        }

        return intake.Finish(table.LineNumber);
    }

    private static string? Cell(List<string> fields, int index) => index < 0 ? null : fields[index];

    private readonly record struct Reading(EdgeType Type, EdgeSign Sign, double Weight, bool IsDirected, bool IsUnknownRelation);

    // What the cells of one line say of their edge; null where the table has no such column.
    private sealed record StatedCells(string? Sign, string? Weight, string? Type, string? Directed)
    {
        public string? Fault(bool isDirectedElsewhere, out Reading edge)
        {
            edge = default;
            var weight = 1.0;
            if (Weight is not null && !CellText.TryNumber(Weight, out weight))
            {
                return $"'{Weight}' is no weight";
            }

            var isStated = !string.IsNullOrEmpty(Directed);
            var isDirected = isDirectedElsewhere;
            if (isStated && !CellText.TryFlag(Directed!, out isDirected))
            {
                return $"'{Directed}' does not say whether the edge is directed";
            }

            var sign = EdgeSign.Unknown;
            if (Sign is not null && !CellText.TrySign(Sign, out sign))
            {
                return $"'{Sign}' is no sign";
            }

            if (string.IsNullOrEmpty(Type))
            {
                edge = new Reading(CellText.TypeOf(sign), sign, weight, isDirected || (!isStated && sign != EdgeSign.Unknown), false);
                return null;
            }

            if (RelationNames.Find(Type) is not { } relation)
            {
                edge = new Reading(CellText.TypeOf(sign), sign, weight, isDirected || (!isStated && sign != EdgeSign.Unknown), true);
                return null;
            }

            if (sign != EdgeSign.Unknown && relation.Sign != EdgeSign.Unknown && sign != relation.Sign)
            {
                return $"'{Type}' with sign '{Sign}' contradicts itself";
            }

            var settled = relation.Sign == EdgeSign.Unknown ? sign : relation.Sign;
            var type = relation.Type == EdgeType.Interaction ? CellText.TypeOf(settled) : relation.Type;
            edge = new Reading(type, settled, weight, isStated ? isDirected : relation.IsDirected || settled != EdgeSign.Unknown, false);
            return null;
        }
    }
}
