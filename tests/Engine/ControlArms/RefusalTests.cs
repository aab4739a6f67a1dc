using DigitalTwin.ControlArms;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.ControlArms;

/// <summary>What a method must not answer, and what it must say aloud.</summary>
public sealed class RefusalTests
{
    private static readonly double[] s_age = [50, 55, 60, 65, 70, 51, 56, 61, 66, 71, 58, 62];

    [Fact]
    public void Error_Separation_NamesTheLevel()
    {
        // Only treated subjects have the second level.
        var trial = Trial(("site", "B", [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));

        var refusal = Assert.Throws<SeparationException>(() => new PropensityWeightingMethod("iptw").Build(trial, EstimandPopulation.Att));

        Assert.Equal(["site = B"], refusal.Covariates);
        Assert.Contains("site = B", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_RidgePenalty_FitsSeparatedData()
    {
        var trial = Trial(("site", "B", [1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]));
        var options = new PropensityWeightingOptions { Propensity = new PropensityOptions { RidgePenalty = 1 } };

        var arm = new PropensityWeightingMethod("iptw", options).Build(trial, EstimandPopulation.Att);

        Assert.All(arm.Weights.Values, w => Assert.True(double.IsFinite(w)));
    }

    [Fact]
    public void Error_NoOverlap_CarriesThePicture()
    {
        var trial = Shifted();

        var refusal = Assert.Throws<NoOverlapException>(() => new PropensityWeightingMethod("iptw").Build(trial, EstimandPopulation.Att));

        Assert.Equal(trial.TreatedCount, refusal.Overlap.TreatedCounts.Sum());
        Assert.Equal(trial.ControlCount, refusal.Overlap.ControlCounts.Sum());
        Assert.InRange(refusal.Overlap.ShareOfTreatedOutsideSupport, 0.5, 1);
    }

    [Fact]
    public void Property_AllowedPoorOverlap_WarnsAndGoesOn()
    {
        var options = new PropensityWeightingOptions { Propensity = new PropensityOptions { AllowPoorOverlap = true } };

        var arm = new PropensityWeightingMethod("iptw", options).Build(Shifted(), EstimandPopulation.Att);

        Assert.Contains(arm.Warnings, w => w.Code == "poor-overlap" && w.MethodId == "iptw");
        Assert.Contains(arm.Warnings, w => w.Code == "low-effective-sample-size");
        Assert.Contains(arm.Warnings, w => w.Code == "covariate-imbalance");
    }

    [Fact]
    public void Error_InfeasibleBalance_NamesTheCovariate()
    {
        var trial = ExternalControlTrial.Trial(
            3,
            [ExternalControlTrial.Numeric("age", [80, 82, 84, 50, 55, 60, 65])],
            new BinaryOutcome([true, false, true, true, false, false, true]));

        var refusal = Assert.Throws<InfeasibleBalanceException>(() => new EntropyBalancingMethod("ebal").Build(trial, EstimandPopulation.Att));

        Assert.Equal("age", refusal.Covariate);
    }

    [Fact]
    public void Property_AliasedCovariate_IsWarnedOf()
    {
        var trial = Trial(("country", "DE", [.. Enumerable.Repeat(1.0, 12)]));

        var arm = new PropensityWeightingMethod("iptw").Build(trial, EstimandPopulation.Att);

        Assert.Contains(arm.Warnings, w => w.Code == "aliased-covariates" && w.Message.Contains("country = DE", StringComparison.Ordinal));
    }

    [Fact]
    public void Error_UnknownCovariate_IsNamed()
    {
        var options = new PropensityWeightingOptions { Propensity = new PropensityOptions { Covariates = ["agee"] } };

        var fault = Assert.Throws<ArgumentException>(() => new PropensityWeightingMethod("iptw", options).Build(Shifted(), EstimandPopulation.Att));

        Assert.Contains("agee", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_UnsupportedPopulation()
    {
        Assert.False(new NearestNeighborMatchingMethod("match").Supports(EstimandPopulation.Ate));
        Assert.Throws<ArgumentException>(() => new NearestNeighborMatchingMethod("match").Build(Shifted(), EstimandPopulation.Ate));
        Assert.Throws<ArgumentException>(() => new EntropyBalancingMethod("ebal").Build(Shifted(), EstimandPopulation.Ato));
    }

    [Fact]
    public void ClosedForm_ExactMatching_NeverCrossesALevel()
    {
        double[] site = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1];
        var trial = Trial(("site", "B", site));

        var arm = new NearestNeighborMatchingMethod("match", new NearestNeighborOptions { ExactOn = ["site"] }).Build(trial, EstimandPopulation.Att);

        Assert.NotNull(arm.Weights.MatchedSets);
        var sets = arm.Weights.MatchedSets.Select((s, i) => (Set: s, Site: site[i])).Where(p => p.Set >= 0).GroupBy(p => p.Set);
        Assert.All(sets, g => Assert.Single(g.Select(p => p.Site).Distinct()));
    }

    private static TrialData Trial((string Name, string Level, double[] Values) column) => ExternalControlTrial.Trial(
        5,
        [ExternalControlTrial.Numeric("age", s_age), ExternalControlTrial.Binary(column.Name, column.Level, column.Values)],
        new BinaryOutcome([.. s_age.Select(a => a > 60)]));

    /// <summary>Treated much older than all but one of the control.</summary>
    private static TrialData Shifted() => ExternalControlTrial.Trial(
        6,
        [ExternalControlTrial.Numeric("age", [69, 74, 76, 78, 80, 82, 50, 52, 55, 57, 60, 62, 65, 71])],
        new BinaryOutcome([.. Enumerable.Range(0, 14).Select(i => i % 3 == 0)]));
}
