using System.Globalization;
using System.Text.Json;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>Spells the faults of an input for people and for programs.</summary>
public static class FaultReport
{
    private static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>One line that counts, then one line a fault: place, then message. A fault in another file carries that file's name.</summary>
    /// <param name="fileName">The file that was to be run.</param>
    /// <param name="faults">What is wrong, in the order to print.</param>
    public static string Format(string fileName, IReadOnlyList<Fault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        var places = faults.Select(f => Place(fileName, f.Location)).ToList();
        var width = places.Max(p => p.Length);
        var head = $"{fileName}: {(faults.Count == 1 ? "1 fault" : string.Create(CultureInfo.InvariantCulture, $"{faults.Count} faults"))}, nothing was run.";
        return string.Join('\n', [head, .. faults.Select((f, i) => width == 0 ? $"  {f.Message}" : $"  {places[i].PadRight(width)}  {f.Message}")]);
    }

    /// <summary>The same as JSON: <c>{ schema, file, faults: [{ file, line, column, message }] }</c>; line and column are null for a file as a whole.</summary>
    public static string ToJson(string fileName, IReadOnlyList<Fault> faults)
    {
        ArgumentNullException.ThrowIfNull(faults);
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream, Indented))
        {
            json.WriteStartObject();
            json.WriteString("schema", "digitaltwin/faults/1");
            json.WriteString("file", fileName);
            json.WriteStartArray("faults");
            foreach (var fault in faults)
            {
                json.WriteStartObject();
                json.WriteString("file", fault.Location.File);
                WritePlace(json, "line", fault.Location.Line);
                WritePlace(json, "column", fault.Location.Column);
                json.WriteString("message", fault.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Place(string fileName, TextLocation location) =>
        location.File != fileName ? location.ToString()
        : location.Line == 0 ? string.Empty
        : string.Create(CultureInfo.InvariantCulture, $"{location.Line}:{location.Column}");

    private static void WritePlace(Utf8JsonWriter json, string name, int number)
    {
        if (number == 0)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumber(name, number);
        }
    }
}
