using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

/// <summary>Simulated trials with confounding and a known effect of 1: the mean estimate must stand within five standard errors of it, or visibly not.</summary>
public sealed class KnownEffectTests
{
    private const int SimulationCount = 150;
    private const int SubjectCount = 400;
    private static readonly MeasureRequest[] s_difference = [new(SummaryMeasure.MeanDifference)];
    private static readonly double[] s_once = [.. Enumerable.Repeat(1.0, SubjectCount)];
    private static readonly TrialData[] s_trials = [.. Enumerable.Range(0, SimulationCount).Select(Simulate)];

    [Theory]
    [InlineData("iptw", EstimandPopulation.Att)]
    [InlineData("iptw", EstimandPopulation.Ate)]
    [InlineData("iptw", EstimandPopulation.Ato)]
    [InlineData("ebal", EstimandPopulation.Att)]
    [InlineData("ebal", EstimandPopulation.Ate)]
    public void Property_Weighting_FindsTheKnownEffect(string method, EstimandPopulation population) =>
        AssertCentred(trial => WeightedEstimator.Estimate(trial, Method(method).Build(trial, population).Weights, s_difference, method)[0]);

    [Theory]
    [InlineData(EstimandPopulation.Att)]
    [InlineData(EstimandPopulation.Ate)]
    public void Property_Standardisation_FindsTheKnownEffect(EstimandPopulation population)
    {
        AssertCentred(s_trials.Select(trial =>
        {
            var value = new double[1];
            new GComputation(trial, population, s_difference).TryEstimate(s_once, value);
            return value[0];
        }));
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Property_DoublyRobust_StandsWithEitherModelRight(bool propensityIsRight, bool outcomeIsRight)
    {
        var options = new DoublyRobustOptions
        {
            PropensityCovariates = propensityIsRight ? null : ["x2"],
            OutcomeCovariates = outcomeIsRight ? null : ["x2"],
        };

        AssertCentred(trial => DoublyRobust.Estimate(trial, EstimandPopulation.Att, s_difference, "dr", options)[0]);
        AssertCentred(trial => DoublyRobust.Estimate(trial, EstimandPopulation.Ate, s_difference, "dr", options)[0]);
    }

    [Fact]
    public void Property_DoublyRobust_FallsWithBothModelsWrong()
    {
        var options = new DoublyRobustOptions { PropensityCovariates = ["x2"], OutcomeCovariates = ["x2"] };

        Assert.InRange(s_trials.Average(t => DoublyRobust.Estimate(t, EstimandPopulation.Ate, s_difference, "dr", options)[0].Value), 1.5, 5);
    }

    [Fact]
    public void Property_NaiveComparison_IsFarOff() =>
        Assert.InRange(s_trials.Average(t => WeightedEstimator.Estimate(t, new SubjectWeights(s_once), s_difference, "naive")[0].Value), 2, 5);

    [Fact]
    public void Property_DoublyRobustIntervals_CoverTheKnownEffect()
    {
        var covered = s_trials.Count(t =>
            DoublyRobust.Estimate(t, EstimandPopulation.Ate, s_difference, "dr")[0].Interval is var interval && interval.Lower <= 1 && interval.Upper >= 1);

        // Binomial with 0.95: four standard errors of 150 simulations are 0.07.
        Assert.InRange((double)covered / SimulationCount, 0.88, 1);
    }

    [Fact]
    public void Property_SameSeed_SameTrials() =>
        Assert.Equal(((ContinuousOutcome)Simulate(3).Outcome).Values, ((ContinuousOutcome)s_trials[3].Outcome).Values);

    private static IControlArmMethod Method(string id) => id == "ebal" ? new EntropyBalancingMethod(id) : new PropensityWeightingMethod(id);

    private static void AssertCentred(Func<TrialData, EffectEstimate> estimate) => AssertCentred(s_trials.Select(t => estimate(t).Value));

    private static void AssertCentred(IEnumerable<double> estimates)
    {
        var values = estimates.ToArray();
        var mean = values.Average();
        var standardError = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1) / values.Length);

        // The bias of weighting in samples of 400 is of the order 0.01; five standard errors are about 0.06.
        Assert.InRange(mean, 1 - (5 * standardError) - 0.02, 1 + (5 * standardError) + 0.02);
    }

    /// <summary>x1 raises both the chance of treatment and the outcome.</summary>
    private static TrialData Simulate(int replicate)
    {
        var stream = new RandomStream(new StreamKey(42, 0, 0, (uint)replicate, RandomPurpose.Outcome));
        var rows = Enumerable.Range(0, SubjectCount).Select(_ =>
        {
            var (x1, x2) = (stream.NextGaussian(), stream.NextGaussian());
            var treated = stream.NextDouble() < 1 / (1 + Math.Exp(0.5 - (0.8 * x1) - (0.4 * x2)));
            return (X1: x1, X2: x2, Treated: treated, Outcome: 1 + (2 * x1) + x2 + (treated ? 1 : 0) + stream.NextGaussian());
        }).OrderByDescending(r => r.Treated).ToArray();
        return ExternalControlTrial.Trial(
            rows.Count(r => r.Treated),
            [ExternalControlTrial.Numeric("x1", [.. rows.Select(r => r.X1)]), ExternalControlTrial.Numeric("x2", [.. rows.Select(r => r.X2)])],
            new ContinuousOutcome([.. rows.Select(r => r.Outcome)], "1"));
    }
}
