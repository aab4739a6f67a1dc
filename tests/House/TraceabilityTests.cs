using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Tests.Scenarios.Results;

namespace DigitalTwin.Tests.House;

/// <summary>docs/traceability.md leads from every number of a run to the tests that hold it against an outside truth.</summary>
public sealed partial class TraceabilityTests
{
    private static readonly Row[] s_rows = [.. Rows(HouseText.File("docs/traceability.md").Text)];

    [Fact]
    public void Every_test_it_names_is_there()
    {
        var tests = TestMethods().ToHashSet(StringComparer.Ordinal);
        Assert.True(s_rows.Length > 20);
        Assert.All(s_rows, row => Assert.NotEmpty(row.Tests));
        var gone = s_rows.SelectMany(r => r.Tests).Distinct(StringComparer.Ordinal).Where(t => !tests.Contains(t));
        Assert.Equal(string.Empty, string.Join('\n', gone));
    }

    [Fact]
    public void Every_number_of_a_run_has_a_row()
    {
        using var json = JsonDocument.Parse(ResultsJsonWriter.Write(SampleRun.Create()));
        var numbers = new SortedSet<string>(StringComparer.Ordinal);
        CollectNumbers(json.RootElement, string.Empty, numbers);
        Assert.True(numbers.Count > 60);
        var rowless = numbers.Where(number => !s_rows.Any(row => row.Fields.Any(field => Covers(field, number))));
        Assert.Equal(string.Empty, string.Join('\n', rowless));
    }

    [Fact]
    public void Every_row_is_of_a_field_that_results_json_has()
    {
        var explained = HouseText.File("docs/results.md").Text;
        var unknown = s_rows.SelectMany(r => r.Fields).Where(f => !explained.Contains($"| `{f}` |", StringComparison.Ordinal));
        Assert.Equal(string.Empty, string.Join('\n', unknown));
    }

    // A row of an object speaks for everything below it.
    private static bool Covers(string field, string number) =>
        number == field || number.StartsWith(field + ".", StringComparison.Ordinal) || number.StartsWith(field + "[]", StringComparison.Ordinal);

    private static IEnumerable<string> TestMethods() =>
        from type in typeof(TraceabilityTests).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
        where method.GetCustomAttributes<FactAttribute>(inherit: true).Any()
        select $"{type.Name}.{method.Name}";

    private static IEnumerable<Row> Rows(string text)
    {
        foreach (var line in text.Split('\n').Where(l => l.StartsWith("| `", StringComparison.Ordinal)))
        {
            var cells = line.Split('|');
            yield return new Row(
                [.. CodeSpan().Matches(cells[1]).Select(m => m.Groups[1].Value)], [.. CodeSpan().Matches(cells[^2]).Select(m => m.Groups[1].Value)]);
        }
    }

    private static void CollectNumbers(JsonElement element, string path, SortedSet<string> numbers)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (var property in element.EnumerateObject())
                {
                    CollectNumbers(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", numbers);
                }

                break;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    CollectNumbers(item, path + "[]", numbers);
                }

                break;
            case JsonValueKind.Number:
                numbers.Add(path);
                break;
            default:
                break;
        }
    }

    /// <param name="Fields">Fields of results.json.</param>
    /// <param name="Tests">Class and method of the tests.</param>
    private sealed record Row(string[] Fields, string[] Tests);

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex CodeSpan();
}
