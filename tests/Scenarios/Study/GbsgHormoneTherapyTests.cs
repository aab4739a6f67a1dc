using System.Globalization;
using System.Text.Json;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Scenarios.Study;

/// <summary>One run of the main job, shared by the tests of its results.</summary>
public sealed class GbsgRun : IAsyncLifetime
{
    internal ScenarioRun Run { get; private set; } = null!;

    internal JsonElement Results { get; private set; }

    public async ValueTask InitializeAsync()
    {
        Run = await ScenarioRun.Of(ScenarioRun.Shipped("gbsg-hormone-therapy.yaml"));
        Results = Run.Results();
    }

    public ValueTask DisposeAsync()
    {
        Run.Dispose();
        return ValueTask.CompletedTask;
    }
}

/// <summary>The main job on real patients: the treated arm of GBSG against external controls of Rotterdam.</summary>
public sealed class GbsgHormoneTherapyTests(GbsgRun shared) : IClassFixture<GbsgRun>
{
    private readonly JsonElement _results = shared.Results;

    [Fact]
    public void Reference_RevealIsTheRandomisedHazardRatio_OfRSurvival353()
    {
        var truth = Math.Log(ShippedScenarioTests.Truth(_results, "hazard-ratio"));
        Agreement.Close(ShippedScenarioTests.LogHazardRatioOfR("gbsg-reveal"), truth);
        // truth.md: coxph(Surv(rfstime, status) ~ hormon, gbsg) without the cut at 84 months.
        Agreement.Close(Math.Log(0.694884), truth, 1e-5);
    }

    [Fact]
    public void The_primary_interval_covers_the_randomised_hazard_ratio_and_its_point_lies_within_005()
    {
        var primary = _results.GetProperty("estimates").EnumerateArray().Single(e => e.GetProperty("primary").GetBoolean());
        Assert.Equal("hazard-ratio", primary.GetProperty("measure").GetString());
        Assert.InRange(primary.GetProperty("value").GetDouble(), 0.695 - 0.05, 0.695 + 0.05);
        Assert.True(primary.GetProperty("lower").GetDouble() < 0.695 && primary.GetProperty("upper").GetDouble() > 0.695);
        Assert.Equal("percentile", primary.GetProperty("intervalKind").GetString());
    }

    [Fact]
    public void Reference_NaiveHazardRatio_MatchesRSurvival353()
    {
        Agreement.Close(ShippedScenarioTests.LogHazardRatioOfR("gbsg"), Math.Log(Estimate("naive", "hazard-ratio")));
    }

    [Fact]
    public void Several_methods_stand_side_by_side_and_weights_balance_every_covariate()
    {
        Assert.True(_results.GetProperty("controlArms").GetArrayLength() >= 5);
        var primary = _results.GetProperty("controlArms").EnumerateArray().Single(a => a.GetProperty("primary").GetBoolean());
        Assert.All(primary.GetProperty("balance").EnumerateArray(), row => Assert.InRange(row.GetProperty("smdAfter").GetDouble(), -0.1, 0.1));
        Assert.Contains(primary.GetProperty("balance").EnumerateArray(), row => Math.Abs(row.GetProperty("smdBefore").GetDouble()) > 1);
    }

    [Fact]
    public void Twins_beat_the_covariate_free_forecast_out_of_fold()
    {
        foreach (var arm in _results.GetProperty("twinModel").GetProperty("validation").EnumerateArray())
        {
            Assert.True(arm.GetProperty("discrimination").GetDouble() > 0.62);
            Assert.All(arm.GetProperty("atTimes").EnumerateArray(), t => Assert.True(t.GetProperty("brier").GetDouble() < t.GetProperty("brierReference").GetDouble()));
        }
    }

    [Fact]
    public async Task The_same_bytes_on_another_number_of_threads_and_in_another_culture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            comma.NumberFormat.NegativeSign = "~";
            CultureInfo.CurrentCulture = comma;
            using var other = await ScenarioRun.Of(ScenarioRun.Shipped("gbsg-hormone-therapy.yaml"), threads: 1);
            Assert.True(other.ExitCode == 0, other.Error);
            Assert.Equal(shared.Run.ChainHash(), other.ChainHash());
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Every_output_is_there_and_the_report_needs_nothing_from_outside()
    {
        foreach (var file in (string[])["results.json", "report.html", "run.json", "adam/ADSL.csv", "adam/ADSL.parquet", "adam/ADTTE.csv", "adam/ADTTE.parquet"])
        {
            Assert.True(File.Exists(Path.Combine(shared.Run.Folder, file)), file);
        }

        var report = File.ReadAllText(Path.Combine(shared.Run.Folder, "report.html"));
        Assert.DoesNotContain("src=\"http", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("href=\"http", report, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("NaN", report, StringComparison.Ordinal);
    }

    private double Estimate(string method, string measure) => _results.GetProperty("estimates").EnumerateArray()
        .Single(e => e.GetProperty("method").GetString() == method && e.GetProperty("measure").GetString() == measure).GetProperty("value").GetDouble();
}
