using System.Text;

namespace DigitalTwin.Networks.Genes.Reading;

/// <summary>Cuts a line into fields. A field in quotes may hold the delimiter, and a quote written twice; it may not hold a line end.</summary>
/// <remarks>Source: [RFC4180], one record a line.</remarks>
internal static class FieldSplitter
{
    /// <summary>A tab where the line has one, else a comma, else a semicolon, else a blank.</summary>
    public static char Guess(string line) =>
        line.Contains('\t', StringComparison.Ordinal) ? '\t' : line.Contains(',', StringComparison.Ordinal) ? ',' : line.Contains(';', StringComparison.Ordinal) ? ';' : ' ';

    /// <summary>The fields without white space around them, or null where quotes do not fit. Blanks in a row are one delimiter.</summary>
    public static List<string>? Split(string line, char delimiter, BoundedLines lines, ReadLimits limits)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        for (var i = 0; i <= line.Length; i++)
        {
            if (delimiter == ' ' && i < line.Length && line[i] == ' ' && (i == 0 || line[i - 1] == ' '))
            {
                continue;
            }

            field.Clear();
            if (i < line.Length && line[i] == '"')
            {
                if (!TakeQuoted(line, ref i, field) || (i < line.Length && line[i] != delimiter))
                {
                    return null;
                }
            }
            else
            {
                while (i < line.Length && line[i] != delimiter)
                {
                    field.Append(line[i++]);
                }
            }

            if (fields.Count == limits.MostFields)
            {
                throw lines.Fault($"The line has more than {limits.MostFields} fields. Check the delimiter, or raise the limit of fields.");
            }

            if (delimiter != ' ' || i < line.Length || field.Length > 0)
            {
                fields.Add(field.ToString().Trim());
            }
        }

        return fields;
    }

    private static bool TakeQuoted(string line, ref int i, StringBuilder field)
    {
        for (i++; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                if (i + 1 == line.Length || line[i + 1] != '"')
                {
                    i++;
                    return true;
                }

                i++;
            }

            field.Append(line[i]);
        }

        return false;
    }
}
