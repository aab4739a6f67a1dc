using System.Text.Json;
using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Scenarios.Language.Binding;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.Shipped;

/// <summary>Pembrolizumab in I-SPY2 against made-up controls. The data are beside the repository; without them only the files are checked.</summary>
public sealed class ISpy2Tests
{
    /// <summary>Response of the concurrent HER2-negative controls, standardised to the hormone receptor status of the treated: table of truths beside the data.</summary>
    private const double StandardisedControl = 0.165;

    private static readonly string s_folder = Path.Combine(RepositoryRoot.Path, "scenarios");

    [Theory]
    [InlineData("ispy2-pembrolizumab-split-controls.yaml")]
    [InlineData("ispy2-pembrolizumab-ispy1.yaml")]
    public void Property_BindsAgainstTheManifestsItNames(string file)
    {
        var scenario = ScenarioBinder.Bind(ScenarioReader.Read(File.ReadAllBytes(Path.Combine(s_folder, file)), file), s_folder, new ImportManifests());

        Assert.NotNull(scenario.Reveal);
        Assert.DoesNotContain(scenario.Reveal.Population, new[] { scenario.Arms.Treated.Population, scenario.Arms.Control.Population });
    }

    [Theory]
    [InlineData("ispy2-pembrolizumab-split-controls.yaml", 69)]
    [InlineData("ispy2-pembrolizumab-ispy1.yaml", 69)]
    public async Task Reference_ControlResponse_IsNearTheStandardisedConcurrentOne(string file, int treatedCount)
    {
        Assert.SkipWhen(RepositoryRoot.SharedData is null, "The I-SPY2 tables are not beside the repository.");
        using var folder = new TemporaryFolder();
        Import(folder, "ispy2_patients_biomarkers.csv.gz", "evaluations/manifests/ispy2.yaml", "ispy2");
        Import(folder, "ispy1_ispy2_duke_mri_metadata.csv.gz", "bundles/manifests/ispy1.yaml", "ispy1");
        using var run = await ScenarioRun.Of(folder.Write(file, File.ReadAllText(Path.Combine(s_folder, file))));
        var results = run.Results();

        var treated = results.GetProperty("arms").EnumerateArray().Single(a => a.GetProperty("role").GetString() == "treated");
        var response = treated.GetProperty("eventCount").GetDouble() / treated.GetProperty("subjectCount").GetDouble();
        Assert.Equal(treatedCount, treated.GetProperty("subjectCount").GetInt32());
        Assert.Equal(31.0 / 69, response, 1e-12);

        // Of the weighted arms the treated keep weight 1, so that response less difference is the control made up.
        Assert.InRange(response - Difference(results, "att-weights"), StandardisedControl - 0.05, StandardisedControl + 0.05);
        Assert.InRange(response - Difference(results, "entropy-balance"), StandardisedControl - 0.05, StandardisedControl + 0.05);
        Assert.True(results.GetProperty("reveal").GetProperty("comparisons").EnumerateArray().All(c => c.GetProperty("intervalCovers").GetBoolean()));
    }

    private static double Difference(JsonElement results, string method) => results.GetProperty("estimates").EnumerateArray()
        .Single(e => e.GetProperty("method").GetString() == method && e.GetProperty("measure").GetString() == "risk-difference").GetProperty("value").GetDouble();

    private static void Import(TemporaryFolder folder, string table, string manifest, string name)
    {
        Directory.CreateDirectory(folder["bundles"]);
        Assert.Equal(0, CohortCommand.Create().Parse(
            ["import", Path.Combine(RepositoryRoot.SharedData!, "ispy2", table), "--manifest", Path.Combine(s_folder, manifest), "--out", folder[$"bundles/{name}"]]).Invoke());
    }

    private sealed class ImportManifests : ICohortManifests
    {
        public IReadOnlyList<string> Siblings(string folder) => [];

        public CohortManifest? Read(string folder) => CohortImporter.ReadManifest(Path.GetFileName(folder) == "ispy2"
            ? Path.Combine(s_folder, "evaluations", "manifests", "ispy2.yaml")
            : Path.Combine(s_folder, "bundles", "manifests", "ispy1.yaml"));
    }
}
