using System.Globalization;

namespace DigitalTwin.Tests.Reference;

/// <summary>A comma-separated table with a header, held by column; quotes around a cell are dropped, a cell holds no comma.</summary>
public sealed class ReferenceTable
{
    private readonly Dictionary<string, string[]> _columns;

    private ReferenceTable(Dictionary<string, string[]> columns, int rowCount)
    {
        _columns = columns;
        RowCount = rowCount;
    }

    public int RowCount { get; }

    public IEnumerable<string> ColumnNames => _columns.Keys;

    public static ReferenceTable Parse(TextReader reader)
    {
        var header = (reader.ReadLine() ?? throw new InvalidDataException("The table is empty.")).Split(',').Select(Unquote).ToArray();
        var cells = new List<string>[header.Length];
        for (var c = 0; c < header.Length; c++)
        {
            cells[c] = [];
        }

        while (reader.ReadLine() is { } line)
        {
            var fields = line.Split(',');
            if (fields.Length != header.Length)
            {
                throw new InvalidDataException($"A row has {fields.Length} fields, the header has {header.Length}: {line}");
            }

            for (var c = 0; c < fields.Length; c++)
            {
                cells[c].Add(Unquote(fields[c]));
            }
        }

        var columns = new Dictionary<string, string[]>(StringComparer.Ordinal);
        for (var c = 0; c < header.Length; c++)
        {
            columns[header[c]] = [.. cells[c]];
        }

        return new ReferenceTable(columns, cells[0].Count);
    }

    /// <summary>The column as written; <c>NA</c> marks a missing value.</summary>
    public string[] Text(string column) => _columns.TryGetValue(column, out var cells)
        ? cells
        : throw new KeyNotFoundException($"No column '{column}'; there are {string.Join(", ", _columns.Keys)}.");

    /// <summary>The column as numbers; a missing value, NA or empty, is NaN.</summary>
    public double[] Numbers(string column) => Array.ConvertAll(Text(column), ParseNumber);

    /// <summary>One where the cell equals the level, else zero.</summary>
    public double[] Indicator(string column, string level) =>
        Array.ConvertAll(Text(column), cell => cell == level ? 1.0 : 0.0);

    /// <summary>True where the cell, as a number, equals the value.</summary>
    public bool[] Flags(string column, double equals = 1) => Array.ConvertAll(Numbers(column), v => v == equals);

    /// <summary>The rows that the predicate keeps, in order.</summary>
    public ReferenceTable Where(Func<int, bool> keep)
    {
        var rows = Enumerable.Range(0, RowCount).Where(keep).ToArray();
        var columns = _columns.ToDictionary(
            pair => pair.Key, pair => Array.ConvertAll(rows, r => pair.Value[r]), StringComparer.Ordinal);
        return new ReferenceTable(columns, rows.Length);
    }

    private static string Unquote(string cell) => cell is ['"', .. var inner, '"'] ? inner : cell;

    private static double ParseNumber(string cell) => cell switch
    {
        "NA" or "" => double.NaN,
        "Inf" => double.PositiveInfinity,
        "-Inf" => double.NegativeInfinity,
        _ => double.Parse(cell, CultureInfo.InvariantCulture),
    };
}
