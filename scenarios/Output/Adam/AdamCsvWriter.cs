using System.Globalization;
using System.Text;

namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>A data set as CSV: header, CRLF, quotes only where needed, missing values empty, shortest numbers that read back the same,
/// UTF-8 without mark. Source: [RFC4180].</summary>
public static class AdamCsvWriter
{
    public static byte[] Write(AdamDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        var text = new StringBuilder();
        AppendLine(text, dataset.Columns.Select(c => c.Name));
        for (var row = 0; row < dataset.RowCount; row++)
        {
            var r = row;
            AppendLine(text, dataset.Columns.Select(c => Cell(c, r)));
        }

        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static string Cell(AdamColumn column, int row) => column switch
    {
        AdamTextColumn texts => texts.Values[row] ?? string.Empty,
        AdamNumberColumn numbers when double.IsFinite(numbers.Values[row]) => numbers.Values[row].ToString("R", CultureInfo.InvariantCulture),
        AdamNumberColumn => string.Empty,
        _ => throw new ArgumentException($"Unknown kind of column {column.GetType().Name}.", nameof(column)),
    };

    private static void AppendLine(StringBuilder text, IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Quote)).Append("\r\n");

    private static string Quote(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
