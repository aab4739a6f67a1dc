using System.Text.Json.Nodes;
using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Tests.House;
using NJsonSchema;

namespace DigitalTwin.Tests.Scenarios.Evaluation;

/// <summary>The evaluation files of the judged cohorts, whose data are not in the repository: each must fit its import manifest.</summary>
public sealed class ShippedEvaluationsTests
{
    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "scenarios", "evaluations");

    public static TheoryData<string> Files() => [.. Directory.EnumerateFiles(s_folder, "*.yaml").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void Property_BindsAgainstTheManifestOfItsBundle(string file)
    {
        var bytes = File.ReadAllBytes(Path.Combine(s_folder, file));
        var plan = EvaluationFile.Read(bytes, file, s_folder, new ImportManifests()).Plan;
        Assert.NotEmpty(plan.Models);
        Assert.True(plan.Covariates.Count + plan.Layers.Count > 0);
    }

    [Fact]
    public void Property_EveryManifestHasAnEvaluation()
    {
        var used = Files().Select(f => EvaluationFile.Read(File.ReadAllBytes(Path.Combine(s_folder, f)), f, s_folder, new ImportManifests()).Plan.Folder)
            .Select(ManifestOf).Select(Path.GetFileName).Distinct();
        Assert.Equal(Directory.EnumerateFiles(Path.Combine(s_folder, "manifests")).Select(Path.GetFileName).Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Golden_CommittedSchemaIsTheGrammars() =>
        Assert.Equal(EvaluationGrammar.ToJsonSchema(), File.ReadAllText(Path.Combine(RepositoryRoot.Path, "scenarios", "evaluation.schema.json")));

    [Fact]
    public async Task Reference_NJsonSchema_AcceptsTheSchema()
    {
        var schema = await JsonSchema.FromJsonAsync(EvaluationGrammar.ToJsonSchema(), TestContext.Current.CancellationToken);
        var valid = new JsonObject
        {
            ["schema"] = EvaluationGrammar.Schema,
            ["title"] = "t",
            ["bundle"] = "b",
            ["target"] = new JsonObject { ["type"] = "binary", ["variable"] = "x" },
            ["split"] = new JsonObject { ["type"] = "k-fold" },
            ["models"] = new JsonArray("baseline"),
        };
        Assert.Empty(schema.Validate(valid.ToJsonString()));
        valid["models"] = new JsonArray("nobody");
        Assert.NotEmpty(schema.Validate(valid.ToJsonString()));
    }

    [Fact]
    public void Property_DocumentationTellsEveryKeyAndMeasure()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "evaluation.md"));
        Assert.All(Keys(EvaluationGrammar.Root), key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
        Assert.All(Enum.GetValues<DigitalTwin.Vocabulary.EndpointKind>().Where(k => k is not (DigitalTwin.Vocabulary.EndpointKind.CompetingRisks or DigitalTwin.Vocabulary.EndpointKind.Longitudinal))
            .SelectMany(DigitalTwin.Models.Evaluation.OutcomeMetrics.For), m => Assert.Contains($"`{m.Name}`", text, StringComparison.Ordinal));
        Assert.All(ModelRegistry.Entries, e => Assert.Contains($"`{e.Name}`", text, StringComparison.Ordinal));
    }

    private static IEnumerable<string> Keys(ValueShape shape) => shape switch
    {
        MappingShape mapping => mapping.Fields.SelectMany(f => Keys(f.Shape).Prepend(f.Key)),
        VariantShape variants => variants.Variants.SelectMany(v => Keys(v.Shape).Prepend(v.Type)),
        EitherShape either => Keys(either.Long),
        ListShape list => Keys(list.Item),
        _ => [],
    };

    // One manifest serves all cohorts of TCGA.
    private static string ManifestOf(string bundle)
    {
        var name = Path.GetFileName(bundle);
        return Path.Combine(s_folder, "manifests", (name.StartsWith("tcga-", StringComparison.Ordinal) ? "tcga" : name) + ".yaml");
    }

    private sealed class ImportManifests : ICohortManifests
    {
        public IReadOnlyList<string> Siblings(string folder) => [];

        public CohortManifest? Read(string folder) => File.Exists(ManifestOf(folder)) ? CohortImporter.ReadManifest(ManifestOf(folder)) : null;
    }
}
