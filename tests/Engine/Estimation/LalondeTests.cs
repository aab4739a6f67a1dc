using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Numerics.Weighting;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

/// <summary>The National Supported Work study: the field's test bench for observational controls.</summary>
public sealed class LalondeTests
{
    private static readonly MeasureRequest s_difference = new(SummaryMeasure.MeanDifference);

    [Fact]
    public void Reference_BarB20_NaiveAndAdjusted()
    {
        var trial = LalondeTrial.Psid();

        Assert.Equal(-635.0262, OutcomeRegression.Estimate(trial, [s_difference], "naive", []).Single().Value, 1e-3);
        Assert.Equal(1548.2438, OutcomeRegression.Estimate(trial, [s_difference], "adjusted").Single().Value, 1e-3);
    }

    [Theory]
    [InlineData(false, 894.3675, 185, 185)]
    [InlineData(true, 1967.940, 80, 43.48793)]
    public void Reference_NearestNeighbors_MatchTheExhaustiveSearchOfMatchIt451(bool withReplacement, double effect, int controls, double size)
    {
        // MatchIt given all distances. The bars B21 and B22 (770.3902; 1379.2774) come from its search for vector scores, which passes over
        // nearer controls: with replacement 105 of the 185 treated get another than their nearest.
        var method = new NearestNeighborMatchingMethod("match", new NearestNeighborOptions { WithReplacement = withReplacement });
        var (estimate, arm) = Weigh(LalondeTrial.Psid(), method, EstimandPopulation.Att);

        Assert.Equal(effect, estimate.Value, 1e-3);
        Assert.Equal(controls, arm.Weights.Values.Where((w, i) => w > 0 && i >= 185).Count());
        Assert.Equal(size, arm.EffectiveSampleSizeControl, 1e-4);
    }

    [Theory]
    [InlineData(EstimandPopulation.Att, 1214.0712)]
    [InlineData(EstimandPopulation.Ate, 224.6763)]
    [InlineData(EstimandPopulation.Ato, 1242.2006)]
    public void Reference_BarsB25AndB26_PropensityWeights(EstimandPopulation population, double expected)
    {
        var (estimate, arm) = Weigh(LalondeTrial.Psid(), new PropensityWeightingMethod("iptw"), population);

        Assert.Equal(expected, estimate.Value, 1e-2);
        if (population == EstimandPopulation.Att)
        {
            Assert.Equal(99.8154, arm.EffectiveSampleSizeControl, 1e-3);
            Assert.Equal(824.0517, estimate.StandardError, 1e-2);
        }
    }

    [Fact]
    public void Reference_BarB26_MatchingWeights()
    {
        var trial = LalondeTrial.Psid();
        var scores = new PropensityWeightingMethod("iptw").Build(trial, EstimandPopulation.Att).Weights.PropensityScores!;
        var weights = new double[trial.Count];
        PropensityWeights.Fill(scores, trial.Treated, TargetPopulation.Matched, weights);

        Assert.Equal(1119.5212, WeightedEstimator.Estimate(trial, new SubjectWeights(weights), [s_difference], "atm").Single().Value, 1e-2);
    }

    [Fact]
    public void Reference_BarB27_EntropyBalancing()
    {
        var (estimate, arm) = Weigh(LalondeTrial.Psid(), new EntropyBalancingMethod("ebal"), EstimandPopulation.Att);

        Assert.Equal(1273.2618, estimate.Value, 1e-2);
        Assert.Equal(98.4578, arm.EffectiveSampleSizeControl, 1e-2);
    }

    [Theory]
    [InlineData(EstimandPopulation.Att, 1647.5833)]
    [InlineData(EstimandPopulation.Ate, 1074.9085)]
    public void Reference_BarB28_Standardisation(EstimandPopulation population, double expected)
    {
        var trial = LalondeTrial.Psid();
        var value = new double[1];

        new GComputation(trial, population, [s_difference]).TryEstimate([.. Enumerable.Repeat(1.0, trial.Count)], value);

        Assert.Equal(expected, value[0], 1e-2);
    }

    [Theory]
    [InlineData(EstimandPopulation.Att, false, 1226.5437, 813.4162)]
    [InlineData(EstimandPopulation.Att, true, 1231.0443, double.NaN)]
    [InlineData(EstimandPopulation.Ate, false, 469.6400, 926.1551)]
    public void Reference_BarB29_DoublyRobust(EstimandPopulation population, bool normalise, double expected, double standardError)
    {
        var options = new DoublyRobustOptions { Normalise = normalise };

        var estimate = DoublyRobust.Estimate(LalondeTrial.Psid(), population, [s_difference], "aipw", options).Single();

        Assert.Equal(expected, estimate.Value, 1e-2);
        if (double.IsFinite(standardError))
        {
            Assert.Equal(standardError, estimate.StandardError, 1.0);
        }
    }

    [Theory]
    [InlineData("age", null, -0.3094)]
    [InlineData("married", null, -0.8263)]
    [InlineData("re74", null, -0.7211)]
    public void Reference_BarB31_DifferencesBefore(string variable, string? level, double expected)
    {
        var arm = new UnadjustedMethod("naive").Build(LalondeTrial.Psid(), EstimandPopulation.Att);

        Assert.Equal(expected, arm.Balance.Single(r => r.Variable == variable && r.Level == level).SmdBefore, 1e-4);
    }

    [Fact]
    public void Reference_BarB32_Experiment()
    {
        var estimate = OutcomeRegression.Estimate(LalondeTrial.Mixtape(withCps: false), [s_difference], "trial", []).Single();

        Assert.Equal(1794.342, estimate.Value, 1e-2);
        Assert.Equal(632.853, estimate.StandardError, 1e-2);
    }

    [Fact]
    public void Reference_BarB33_CpsControls()
    {
        var trial = LalondeTrial.Mixtape(withCps: true);
        var (naive, _) = Weigh(trial, new UnadjustedMethod("naive"), EstimandPopulation.Att);
        var (weighted, arm) = Weigh(trial, new PropensityWeightingMethod("iptw"), EstimandPopulation.Att);

        Assert.Equal(-8497.516, naive.Value, 1e-2);
        Assert.Equal(1782.208, weighted.Value, 1.7);
        Assert.Equal(70.15, arm.EffectiveSampleSizeControl, 0.07);
    }

    private static (EffectEstimate Estimate, ControlArm Arm) Weigh(TrialData trial, IControlArmMethod method, EstimandPopulation population)
    {
        var arm = method.Build(trial, population);
        return (WeightedEstimator.Estimate(trial, arm.Weights, [s_difference], method.Id).Single(), arm);
    }
}
