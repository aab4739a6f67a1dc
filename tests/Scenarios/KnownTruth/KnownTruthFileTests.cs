using System.Text;
using System.Text.Json;
using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Scenarios.KnownTruth;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Scenarios.Output.Terminal;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.KnownTruth;

/// <summary>A file of known truth: what it may say, what is refused, and that it runs.</summary>
public sealed class KnownTruthFileTests
{
    private const string Small = """
        schema: digitaltwin/known-truth/1
        title: Small
        target: AKT1
        genes: 8
        trial: { subjects: 160 }
        external: { subjects: 120 }
        replicates: 3
        seed: 4
        """;

    [Fact]
    public void ClosedForm_DefaultsAreThoseOfTheOptions()
    {
        var plan = Read("schema: digitaltwin/known-truth/1\ntitle: t\ntarget: AKT1\nexternal: {}\nseed: 1\n").Plan;

        Assert.Equal(new KnownTruthOptions(), plan.Options);
        Assert.Equal((60, 20, "late-fused-linear"), (plan.Network.NodeCount, plan.ReplicateCount, plan.Learner));
        Assert.Equal(0, Read("schema: digitaltwin/known-truth/1\ntitle: t\ntarget: AKT1\nseed: 1\n").Plan.Options.ExternalCount);
    }

    [Fact]
    public void Property_TheShippedFileStatesTheDefaults()
    {
        var path = Path.Combine(RepositoryRoot.Path, "scenarios", "simulated-multiomics-trial.yaml");

        Assert.Equal(new KnownTruthOptions(), KnownTruthFile.Load(path).Plan.Options);
    }

    [Theory]
    [InlineData("target: AKT1", "target: AKT", "3:9", "Did you mean 'AKT1'?")]
    [InlineData("target: AKT1", "target: not a gene", "3:9", "which is not a gene of the reference network")]
    [InlineData("genes: 8", "genes: 2", "4:8", "a whole number from 5 to 300")]
    [InlineData("subjects: 160", "subjects: 10", "5:20", "a whole number from 40")]
    [InlineData("subjects: 160", "treatedShare: 1", "5:24", "a number from 0.05 to 0.95")]
    [InlineData("subjects: 120", "drift: 1", "6:13", "drift")]
    [InlineData("replicates: 3", "replicates: 1", "7:13", "a whole number from 2")]
    [InlineData("seed: 4", "learner: twins", "8:10", "learner is 'twins', which is not a choice here")]
    [InlineData("seed: 4", "", "1:1", "seed")]
    public void Error_IsSaidWithItsPlace(string part, string replacement, string place, string expected)
    {
        Assert.Contains(part, Small, StringComparison.Ordinal);
        var faults = Assert.Throws<InvalidInputException>(() => Read(Small.Replace(part, replacement, StringComparison.Ordinal))).Faults;

        Assert.Contains(faults, f => $"{f.Location.Line}:{f.Location.Column}" == place && f.Message.Contains(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_ATargetThatSignalsToNobody()
    {
        var network = new DigitalTwin.Networks.Genes.Reference.ReferenceNetwork().Signalling;
        var last = network.Nodes.Select((n, i) => (n.Symbol.Value, i)).First(n => network.Edges.All(e => e.Source != n.i)).Value;

        Assert.Contains("signals to no other gene", Assert.Throws<InvalidInputException>(
            () => Read(Small.Replace("AKT1", last, StringComparison.Ordinal))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Property_ItRunsTheSameOnAnyThreads_AndTellsTheTable()
    {
        using var folder = new TemporaryFolder();
        var (code, output, error) = await RunAsync(folder, "one.json", threads: 1);
        Assert.Equal((0, string.Empty), (code, error));
        Assert.Contains("ceiling of that correlation", output, StringComparison.Ordinal);
        Assert.Contains("doubly robust, external control", output, StringComparison.Ordinal);
        await RunAsync(folder, "two.json", threads: 2);
        Assert.Equal(WithoutSeconds(folder["one.json"]), WithoutSeconds(folder["two.json"]));
        using var json = JsonDocument.Parse(File.ReadAllText(folder["one.json"]));
        Assert.Equal(KnownTruthResult.SchemaName, json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(4, json.RootElement.GetProperty("estimators").GetArrayLength());
    }

    [Fact]
    public async Task Error_ABundleHasNoPlaceHere()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await RunAsync(folder, "no.json", bundle: "bundles/gbsg");

        Assert.Equal(2, code);
        Assert.Contains("Leave --bundle out", error, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["no.json"]));
    }

    [Fact]
    public async Task Error_ATrialTooSmallToBeAnalysedIsSaidInOneLine()
    {
        using var folder = new TemporaryFolder();
        var (code, _, error) = await RunAsync(folder, "no.json", text: Small.Replace("subjects: 160", "subjects: 40", StringComparison.Ordinal));

        Assert.Equal(1, code);
        Assert.Contains("simulated trials cannot be analysed", error, StringComparison.Ordinal);
        Assert.Contains("Simulate more subjects", Assert.Single(error.Trim().Split('\n')), StringComparison.Ordinal);
        Assert.False(File.Exists(folder["no.json"]));
    }

    [Fact]
    public void Golden_CommittedSchemaIsTheGrammars() => Assert.Equal(
        KnownTruthGrammar.ToJsonSchema(), File.ReadAllText(Path.Combine(RepositoryRoot.Path, "scenarios", "known-truth.schema.json")));

    [Fact]
    public void Property_DocumentationTellsEveryKey()
    {
        var text = File.ReadAllText(Path.Combine(RepositoryRoot.Path, "docs", "evaluation.md"));
        string[] keys =
        [
            .. KnownTruthGrammar.Root.Fields.Select(f => f.Key),
            .. KnownTruthGrammar.Root.Fields.Select(f => f.Shape).OfType<DigitalTwin.Scenarios.Language.Grammar.MappingShape>().SelectMany(m => m.Fields).Select(f => f.Key),
        ];
        Assert.True(keys.Length > 15);
        Assert.All(keys, key => Assert.Contains($"`{key}`", text, StringComparison.Ordinal));
    }

    private static KnownTruthFile Read(string text) => KnownTruthFile.Read(Encoding.UTF8.GetBytes(text), "k.yaml");

    private static async Task<(int Code, string Output, string Error)> RunAsync(
        TemporaryFolder folder, string json, int threads = 2, string? bundle = null, string text = Small)
    {
        var (console, output) = PlainConsole.Create();
        using var error = new StringWriter();
        var request = new EvaluationRequest(folder.Write("k.yaml", text), folder[json], bundle, threads, "auto");
        var code = await EvaluateCommand.RunAsync(request, console, error, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }

    private static string WithoutSeconds(string path) =>
        string.Join('\n', File.ReadLines(path).Where(l => !l.Contains("\"seconds\":", StringComparison.Ordinal)));
}
