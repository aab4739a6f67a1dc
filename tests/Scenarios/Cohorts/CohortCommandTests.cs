using System.Text.Json;
using DigitalTwin.Cohorts;
using DigitalTwin.Scenarios.Cohorts;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.House;

namespace DigitalTwin.Tests.Scenarios.Cohorts;

public sealed class CohortCommandTests
{
    private const string Csv = "id,age,t,s\n1,50,100,1\n2,61,200,0\n";

    private const string Manifest = """
        schema: digitaltwin/cohort/1
        id: small
        title: t
        provenance: p
        licence: l
        timeOrigin: o
        subject: { column: id }
        variables:
          - { name: age, type: integer, unit: a }
        endpoints:
          - { name: death, time: { column: t, unit: d }, status: { column: s, codes: { "0": censored, "1": event } } }
        """;

    [Fact]
    public void ClosedForm_ImportWritesABundleOnceAndAgainOnlyByForce()
    {
        using var folder = new TemporaryFolder();
        string[] import = ["import", folder.Write("a.csv", Csv), "--manifest", folder.Write("cohort.yaml", Manifest), "--out", folder["out"]];
        Assert.Equal(0, Run(import));
        var hash = CohortStore.Read(folder["out"]).Hash;
        Assert.Equal(2, Run(import));
        Assert.Equal(0, Run([.. import, "--force"]));
        Assert.Equal(hash, CohortStore.Read(folder["out"]).Hash);
        Assert.Equal(0, Run(["describe", folder["out"]]));
        Assert.Equal(0, Run(["describe", folder["out"], "--json"]));
    }

    [Theory]
    [InlineData("id,age,t,s\n1,50,-1,1\n", Manifest)]
    [InlineData("id,age,t,s\n1,50,100,1\n1,51,100,1\n", Manifest)]
    [InlineData(Csv, "schema: digitaltwin/cohort/1\n")]
    [InlineData(Csv, "a: *b\n")]
    public void Error_BadInputIsExitCode2AndNothingWritten(string csv, string manifest)
    {
        using var folder = new TemporaryFolder();
        Assert.Equal(2, Run(["import", folder.Write("a.csv", csv), "--manifest", folder.Write("cohort.yaml", manifest), "--out", folder["out"]]));
        Assert.Equal(["a.csv", "cohort.yaml"], Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, Run(["describe", folder.Path]));
    }

    [Fact]
    public void Reference_RSurvival353_SummaryOfPbc()
    {
        // R: median(pbc$age), mean(pbc$bili), sum(is.na(pbc$chol)), survfit(Surv(time, status != 2) ~ 1, pbc).
        var summary = CohortSummary.Of(CohortStore.Read(Path.Combine(RepositoryRoot.Path, "scenarios", "bundles", "pbc")));
        var expected = JsonDocument.Parse(File.ReadAllText(ReferencePath("pbc-summary.json"))).RootElement;
        Assert.Equal(expected.GetProperty("medianAge").GetDouble(), summary.Variables.Single(v => v.Name == "age").Median!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("meanBili").GetDouble(), summary.Variables.Single(v => v.Name == "bili").Mean!.Value, 1e-12);
        Assert.Equal(expected.GetProperty("missingChol").GetInt32(), summary.Variables.Single(v => v.Name == "chol").MissingCount);
        var death = summary.Endpoints.Single(e => e.Name == "death");
        Assert.Equal(expected.GetProperty("events").GetInt32(), death.EventCount);
        Assert.Equal(expected.GetProperty("medianFollowUpDays").GetDouble(), death.MedianFollowUpDays!.Value);
    }

    private static int Run(string[] arguments) => CohortCommand.Create().Parse(arguments).Invoke();

    private static string ReferencePath(string name) => Path.Combine(AppContext.BaseDirectory, "Reference", "cohorts", name);
}
