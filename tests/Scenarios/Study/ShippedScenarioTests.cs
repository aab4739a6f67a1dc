using System.Text.Json;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Scenarios.Study;

/// <summary>The other shipped scenarios run to the end, and their unadjusted figures are those of coxph in survival 3.5-3.</summary>
public sealed class ShippedScenarioTests
{
    [Fact]
    public async Task Reference_PbcPenicillamine_MatchesRSurvival353()
    {
        using var run = await ScenarioRun.Of(ScenarioRun.Shipped("pbc-penicillamine.yaml"));
        var results = run.Results();
        Agreement.Close(LogHazardRatioOfR("pbc-reveal"), Math.Log(Truth(results, "hazard-ratio")));
        Agreement.Close(LogHazardRatioOfR("pbc"), Math.Log(Unadjusted(results)));
    }

    [Fact]
    public async Task Reference_VeteranChemotherapy_MatchesRSurvival353()
    {
        using var run = await ScenarioRun.Of(ScenarioRun.Shipped("veteran-chemotherapy.yaml"));
        var results = run.Results();
        Agreement.Close(LogHazardRatioOfR("veteran"), Math.Log(Unadjusted(results)));
    }

    /// <summary>Log hazard ratio of one arm of tests/Reference/scenarios/assembly.csv.</summary>
    internal static double LogHazardRatioOfR(string arm) => ReferenceData.Values("scenarios/assembly.csv").Scalar(arm, "log-hazard-ratio");

    internal static double Truth(JsonElement results, string measure) =>
        results.GetProperty("reveal").GetProperty("truths").EnumerateArray().Single(t => t.GetProperty("measure").GetString() == measure).GetProperty("value").GetDouble();

    private static double Unadjusted(JsonElement results)
    {
        var method = results.GetProperty("controlArms").EnumerateArray().Single(a => a.GetProperty("methodKind").GetString() == "unadjusted").GetProperty("method").GetString();
        return results.GetProperty("estimates").EnumerateArray()
            .Single(e => e.GetProperty("method").GetString() == method && e.GetProperty("measure").GetString() == "hazard-ratio").GetProperty("value").GetDouble();
    }
}
