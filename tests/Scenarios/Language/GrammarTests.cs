using System.Globalization;
using System.Text.Json.Nodes;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Scenarios.Shipped;
using NJsonSchema;

namespace DigitalTwin.Tests.Scenarios.Language;

public sealed class GrammarTests
{
    [Fact]
    public void Golden_CommittedSchemaIsTheGrammars() =>
        Assert.Equal(ScenarioSchema.ToJson(), File.ReadAllText(Path.Combine(RepositoryRoot.Path, "scenarios", "scenario.schema.json")));

    [Fact]
    public async Task Reference_ShippedScenarios_AreValidForNJsonSchema()
    {
        var schema = await JsonSchema.FromJsonAsync(ScenarioSchema.ToJson(), TestContext.Current.CancellationToken);
        foreach (var file in ShippedStudies.Scenarios)
        {
            Assert.Empty(schema.Validate(ToJson(File.ReadAllText(file))));
        }
    }

    [Theory]
    [InlineData("seed: 20240229", "sead: 20240229")]
    [InlineData("horizon: 5 years", "horizon: 5 yeers")]
    [InlineData("- hazard-ratio", "- hazardratio")]
    [InlineData("type: unadjusted", "type: unadjustd")]
    [InlineData("bootstrap: 1000", "bootstrap: 10")]
    [InlineData("caliper: 0.2", "caliper: -0.2")]
    [InlineData("role: treated", "role: treatd")]
    [InlineData("  followUp: 3 years\n", "")]
    public async Task Reference_NJsonSchema_RefusesWhatTheReaderRefuses(string part, string replacement)
    {
        var schema = await JsonSchema.FromJsonAsync(ScenarioSchema.ToJson(), TestContext.Current.CancellationToken);
        Assert.Empty(schema.Validate(ToJson(ScenarioFixture.Valid)));
        var faulty = ScenarioFixture.With(part, replacement);
        Assert.NotEmpty(schema.Validate(ToJson(faulty)));
        Assert.NotEmpty(ScenarioFixture.Faults(faulty));
    }

    [Fact]
    public void Property_DocumentationTellsEveryKey()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "scenario-language.md"));
        var sections = text.Split("\n### ").Skip(1).ToDictionary(s => s[..s.IndexOf('\n', StringComparison.Ordinal)], StringComparer.Ordinal);
        var count = 0;
        foreach (var (path, mapping) in Mappings("scenario", ScenarioGrammar.Root))
        {
            Assert.True(sections.TryGetValue($"`{path}`", out var section), $"docs/scenario-language.md has no section '{path}'.");
            foreach (var field in mapping.Fields)
            {
                var row = Assert.Single(section.Split('\n'), r => r.StartsWith($"| `{field.Key}` |", StringComparison.Ordinal));
                Assert.EndsWith($"| {(field.IsRequired ? "yes" : "")} | {(field.Default is null ? "" : $"`{field.Default}`")} | {field.Text} |", row, StringComparison.Ordinal);
                count++;
            }
        }

        Assert.True(count > 60);
    }

    [Fact]
    public void Property_RequiredKeysHaveNoDefault()
    {
        foreach (var (path, mapping) in Mappings("scenario", ScenarioGrammar.Root))
        {
            Assert.All(mapping.Fields, f => Assert.False(f.IsRequired && f.Default is not null, $"{path}.{f.Key}"));
        }
    }

    private static IEnumerable<(string Path, MappingShape Mapping)> Mappings(string path, ValueShape shape) => shape switch
    {
        MappingShape m => [(path, m), .. m.Fields.SelectMany(f => Mappings(path == "scenario" ? f.Key : $"{path}.{f.Key}", f.Shape))],
        VariantShape v =>
        [
            .. v.Variants.Select(x => ($"{path} (type: {x.Type})", x.Shape)),
            .. v.Variants.SelectMany(x => x.Shape.Fields).SelectMany(f => Mappings($"{path}.{f.Key}", f.Shape)),
        ],
        NamedShape n => Mappings($"{path}.NAME", n.Item),
        ListShape l => Mappings($"{path}[]", l.Item),
        EitherShape e => [.. Mappings(path, e.Short), .. Mappings(path, e.Long)],
        _ => [],
    };

    private static string ToJson(string yaml) => ToNode(YamlDocument.Parse(yaml, "t.yaml"))!.ToJsonString();

    private static JsonNode? ToNode(YamlNode node) => node switch
    {
        YamlMapping m => new JsonObject(m.Entries.Select(e => KeyValuePair.Create(e.Key.Text, ToNode(e.Value)))),
        YamlSequence s => new JsonArray([.. s.Items.Select(ToNode)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar s when s.TryGetInteger(out var integer) => JsonValue.Create(integer),
        YamlScalar s when s.TryGetNumber(out _) => JsonNode.Parse(s.Text.ToString(CultureInfo.InvariantCulture)),
        YamlScalar s when s.TryGetBoolean(out var boolean) => JsonValue.Create(boolean),
        YamlScalar s => JsonValue.Create(s.Text),
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };
}
