using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.ControlArms;

/// <summary>GBSG treated against Rotterdam: the main job of the house, every method against R.</summary>
public sealed class ExternalControlTests
{
    private static readonly TrialData s_trial = ExternalControlTrial.Build();
    private static readonly ReferenceValues s_expected = ReferenceData.Values("causal/external-control.csv");

    [Theory]
    [InlineData("naive", EstimandPopulation.Att)]
    [InlineData("att", EstimandPopulation.Att)]
    [InlineData("ato", EstimandPopulation.Ato)]
    [InlineData("ate", EstimandPopulation.Ate)]
    [InlineData("entropy", EstimandPopulation.Att)]
    public void Reference_GbsgFromRotterdam_MatchesRSurvival353(string method, EstimandPopulation population)
    {
        var arm = Method(method).Build(s_trial, population);
        var estimates = WeightedEstimator.Estimate(
            s_trial,
            arm.Weights,
            [new(SummaryMeasure.HazardRatio), new(SummaryMeasure.SurvivalDifference), new(SummaryMeasure.RmstDifference)],
            method);

        Agreement.Close(s_expected.Scalar(method, "ess"), arm.EffectiveSampleSizeControl);
        Agreement.Close(Math.Exp(s_expected.Scalar(method, "logHr")), estimates[0].Value);
        Agreement.Close(s_expected.Scalar(method, "logHrSe"), estimates[0].StandardError);
        Agreement.Close(s_expected.Scalar(method, "survivalDifference5y"), estimates[1].Value);
        Agreement.Close(s_expected.Scalar(method, "rmstDifference5y"), estimates[2].Value);
    }

    [Theory]
    [InlineData("naive", EstimandPopulation.Att, 0.648681)]
    [InlineData("att", EstimandPopulation.Att, 0.685614)]
    [InlineData("ato", EstimandPopulation.Ato, 0.675254)]
    [InlineData("entropy", EstimandPopulation.Att, 0.708371)]
    public void Reference_BarB80_HazardRatios(string method, EstimandPopulation population, double hazardRatio)
    {
        var arm = Method(method).Build(s_trial, population);

        var estimate = Assert.Single(WeightedEstimator.Estimate(s_trial, arm.Weights, [new(SummaryMeasure.HazardRatio)], method));

        Assert.Equal(hazardRatio, estimate.Value, 1e-6);
    }

    [Fact]
    public void Property_EntropyBalancing_LeavesNoDifferenceOfMeans() =>
        Assert.All(Method("entropy").Build(s_trial, EstimandPopulation.Att).Balance, r => Assert.InRange(r.SmdAfter, -1e-6, 1e-6));

    [Fact]
    public void Property_OverlapWeights_BalanceEveryMeanOfTheirModel() =>
        Assert.All(Method("ato").Build(s_trial, EstimandPopulation.Ato).Balance, r => Assert.InRange(r.SmdAfter, -1e-6, 1e-6));

    [Theory]
    [InlineData("naive")]
    [InlineData("att")]
    [InlineData("ate")]
    [InlineData("trimmed")]
    [InlineData("entropy")]
    [InlineData("matched")]
    public void Property_Reweighing_TheSampleItself_GivesItsWeights(string method)
    {
        var population = method == "ate" ? EstimandPopulation.Ate : EstimandPopulation.Att;
        var once = Enumerable.Repeat(1.0, s_trial.Count).ToArray();
        var weights = new double[s_trial.Count];

        Assert.True(Method(method).CreateReweighter(s_trial, population).TryReweigh(once, weights));

        Agreement.Close(Method(method).Build(s_trial, population).Weights.Values, weights, 1e-6);
    }

    [Theory]
    [InlineData("att")]
    [InlineData("trimmed")]
    [InlineData("entropy")]
    [InlineData("matched")]
    public void Property_Reweighing_EqualsBuildingTheResample(string method)
    {
        double[] counts = [.. Enumerable.Range(0, s_trial.Count).Select(i => (double)(i * 7 % 3))];
        int[] rows = [.. Enumerable.Range(0, s_trial.Count).SelectMany(i => Enumerable.Repeat(i, (int)counts[i]))];
        var built = Method(method).Build(s_trial.Take(rows), EstimandPopulation.Att).Weights.Values;
        var expected = new double[s_trial.Count];
        for (var k = 0; k < rows.Length; k++)
        {
            expected[rows[k]] += built[k];
        }

        var weights = new double[s_trial.Count];
        Assert.True(Method(method).CreateReweighter(s_trial, EstimandPopulation.Att).TryReweigh(counts, weights));

        Agreement.Close(expected, weights, 1e-6, 1e-9);
    }

    [Theory]
    [InlineData("naive", 0.901101, null, null)]
    [InlineData("att", 0.893172, 0.7254, 1.0997)]
    public void Reference_BarB81_NegativeControl(string method, double hazardRatio, double? lower, double? upper)
    {
        var trial = ExternalControlTrial.NegativeControl();
        var arm = Method(method).Build(trial, EstimandPopulation.Att);

        var estimate = Assert.Single(WeightedEstimator.Estimate(trial, arm.Weights, [new(SummaryMeasure.HazardRatio)], method));

        Assert.Equal(hazardRatio, estimate.Value, 1e-4);
        Assert.Equal(lower ?? estimate.Interval.Lower, estimate.Interval.Lower, 1e-4);
        Assert.Equal(upper ?? estimate.Interval.Upper, estimate.Interval.Upper, 1e-4);
    }

    internal static IControlArmMethod Method(string name) => name switch
    {
        "naive" => new UnadjustedMethod(name),
        "entropy" => new EntropyBalancingMethod(name),
        "matched" => new NearestNeighborMatchingMethod(name, new NearestNeighborOptions { Caliper = 0.2 }),
        "trimmed" => new PropensityWeightingMethod(
            name, new PropensityWeightingOptions { TruncationQuantile = 0.95, Stabilise = true, ScoreLimits = (0.02, 0.9) }),
        _ => new PropensityWeightingMethod(name),
    };
}
