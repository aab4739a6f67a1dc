using System.Globalization;
using System.Text.Json;
using DigitalTwin.Cohorts;
using DigitalTwin.Tests.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>Binary and continuous endpoints end to end: subjects drawn from a known model, imported as CSV in any order, estimated by every
/// method. Treated subjects are older and more often men, and both matter to the outcome.</summary>
public sealed class KnownTruthTests
{
    private const double MeanDifference = -2.5;
    private const double LogOddsRatio = 0.8;

    private static readonly string[] Adjusting = ["att", "ebal", "ato", "gcomp", "dr", "tw"];

    [Fact]
    public async Task ClosedForm_ContinuousEndpoint_EveryAdjustingMethodCoversTheTruth()
    {
        using var study = new DrawnStudy("continuous", "score", "mean-difference", "penalized-linear", "upper-limit-below");
        using var run = await ScenarioRun.Of(study.Scenario);
        var results = run.Results();
        Assert.All(Adjusting.Append("reg"), m => AssertCovers(results, m, "mean-difference", MeanDifference));
        Assert.True(Estimate(results, "naive", "mean-difference").GetProperty("lower").GetDouble() > MeanDifference, "The unadjusted comparison must be off.");
        Assert.InRange(results.GetProperty("simulatedTrial").GetProperty("success").GetProperty("probability").GetDouble(), 0.9, 1);
    }

    [Fact]
    public async Task ClosedForm_BinaryEndpoint_EveryAdjustingMethodCoversTheTruth()
    {
        using var study = new DrawnStudy("binary", "responded", "odds-ratio, risk-difference", "penalized-logistic", "lower-limit-above");
        using var run = await ScenarioRun.Of(study.Scenario);
        var results = run.Results();
        Assert.All(Adjusting, m => AssertCovers(results, m, "risk-difference", study.RiskDifferenceOfTreated));
        Assert.All(Adjusting, m => AssertCovers(results, m, "odds-ratio", study.MarginalOddsRatioOfTreated));
        AssertCovers(results, "reg", "odds-ratio", Math.Exp(LogOddsRatio));
        var report = File.ReadAllText(Path.Combine(run.Folder, "report.html"));
        Assert.DoesNotContain("NaN", report, StringComparison.Ordinal);
        Assert.DoesNotContain("Cox", report, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_OrderOfTheSourceRows_DoesNotReachTheBundle()
    {
        using var ordered = new DrawnStudy("continuous", "score", "mean-difference", "penalized-linear", "upper-limit-below");
        using var shuffled = new DrawnStudy("continuous", "score", "mean-difference", "penalized-linear", "upper-limit-below", reverse: true);
        Assert.Equal(CohortStore.Read(ordered.Bundle).Hash, CohortStore.Read(shuffled.Bundle).Hash);
    }

    private static void AssertCovers(JsonElement results, string method, string measure, double truth)
    {
        var estimate = Estimate(results, method, measure);
        var (lower, upper) = (estimate.GetProperty("lower").GetDouble(), estimate.GetProperty("upper").GetDouble());
        Assert.True(lower < truth && truth < upper, string.Create(CultureInfo.InvariantCulture, $"{method}: {measure} {lower} to {upper} misses {truth}."));
    }

    private static JsonElement Estimate(JsonElement results, string method, string measure) => results.GetProperty("estimates").EnumerateArray()
        .Single(e => e.GetProperty("method").GetString() == method && e.GetProperty("measure").GetString() == measure);
}
