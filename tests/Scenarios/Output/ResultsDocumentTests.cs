using System.Text.Json;
using System.Text.RegularExpressions;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Tests.Scenarios.Results;

namespace DigitalTwin.Tests.Scenarios.Output;

/// <summary>docs/results.md explains every field of results.json, and no field that is not there.</summary>
public sealed partial class ResultsDocumentTests
{
    [Fact]
    public void Golden_EveryFieldIsExplained_AndEveryExplanationHasAField()
    {
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(SampleRun.Create()));
        var written = new SortedSet<string>(StringComparer.Ordinal);
        Collect(json.RootElement, string.Empty, written);
        var explained = new SortedSet<string>(
            FieldRow().Matches(File.ReadAllText(Path.Combine(Root(), "docs", "results.md"))).Select(m => m.Groups[1].Value), StringComparer.Ordinal);

        Assert.Equal(string.Empty, string.Join('\n', written.Except(explained)));
        Assert.Equal(string.Empty, string.Join('\n', explained.Except(written)));
    }

    private static void Collect(JsonElement element, string path, SortedSet<string> fields)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Collect(item, path + "[]", fields);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
            {
                var name = path.Length == 0 ? property.Name : $"{path}.{property.Name}";
                fields.Add(name);
                Collect(property.Value, name, fields);
            }
        }
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "DigitalTwin.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("No folder above the tests holds DigitalTwin.sln.");
    }

    [GeneratedRegex(@"^\| `([^`]+)` \|", RegexOptions.Multiline)]
    private static partial Regex FieldRow();
}
