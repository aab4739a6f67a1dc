using CsCheck;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Trials;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Trials;

public sealed class TrialSimulatorTests
{
    private static readonly SuccessCriterion SignificantHazardRatio = new(SummaryMeasure.HazardRatio, null, SuccessRule.UpperLimitBelow, 1, 0.95);

    [Fact]
    public void Reference_PowerAtSchoenfeldsEvents_MatchesRpact334()
    {
        // rpact 3.3.4: hazard ratio 0.7, one-sided 0.025, power 0.90 needs 330.3779 events; with everybody followed to the event, 330 subjects.
        var design = new TrialDesign(165, 165, Duration.FromDays(0), Duration.FromDays(1e5), 0, null);
        var trial = Simulate([Exponential(0.001, 0.7)], design, SignificantHazardRatio, 4000, 11, 2);
        Assert.Equal(0, trial.FailedCount);
        // Four binomial standard errors are 0.019; Schoenfeld's own approximation is good to about 0.01 here.
        Assert.InRange(trial.SuccessProbability, 0.90 - 0.02, 0.90 + 0.02);
        Assert.InRange(Math.Exp(trial.Estimates.Average(Math.Log)), 0.69, 0.71);
    }

    [Fact]
    public void ClosedForm_TypeOneErrorIsTheLevel()
    {
        var design = new TrialDesign(150, 150, Duration.From(1, TimeUnit.Year), Duration.From(2, TimeUnit.Year), 0.1, null);
        var trial = Simulate([Exponential(0.001, 1)], design, SignificantHazardRatio, 4000, 12, 2);
        Assert.InRange(trial.SuccessProbability, 0.025 - 0.010, 0.025 + 0.010);
    }

    [Fact]
    public void ClosedForm_DropoutAndTheEndOfTheTrialCensor()
    {
        // Without events the hazard ratio cannot be estimated, and the replicate counts as failed.
        var none = Simulate(
            [Exponential(1e-12, 1)], new TrialDesign(20, 20, Duration.FromDays(10), Duration.FromDays(10), 0.5, null), SignificantHazardRatio, 50, 13, 1);
        Assert.Equal(50, none.FailedCount);
        Assert.Equal(0, none.SuccessProbability);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Property_SameNumbersOnAnyNumberOfThreads(int threads)
    {
        var design = new TrialDesign(40, 30, Duration.From(1, TimeUnit.Year), Duration.From(2, TimeUnit.Year), 0.05, Duration.From(2, TimeUnit.Year));
        VirtualSubject[] population = [Exponential(0.001, 0.6), Exponential(0.002, 0.9)];
        var one = Simulate(population, design, SignificantHazardRatio, 64, 5, 2);
        var other = Simulate(population, design, SignificantHazardRatio, 64, 5, threads);
        Assert.Equal(one.Estimates, other.Estimates);
    }

    [Fact]
    public void ClosedForm_BinaryAndContinuousDifferences()
    {
        var design = new TrialDesign(400, 400, Duration.FromDays(0), Duration.FromDays(1), 0, null);
        var binary = new VirtualSubject(new SubjectId("b"), new BinaryForecast(0.3, [0.3]), new BinaryForecast(0.5, [0.5]));
        var risk = Simulate([binary], design, new(SummaryMeasure.RiskDifference, null, SuccessRule.EstimateBelow, 0, 0.95), 2000, 1, 2);
        Assert.InRange(risk.Estimates.Average(), -0.205, -0.195);
        var odds = Simulate([binary], design, new(SummaryMeasure.OddsRatio, null, SuccessRule.EstimateBelow, 1, 0.95), 2000, 1, 2);
        Assert.InRange(Math.Exp(odds.Estimates.Average(Math.Log)), 0.42, 0.437); // (0.3 / 0.7) / (0.5 / 0.5) = 0.4286
        var continuous = new VirtualSubject(new SubjectId("c"), new ContinuousForecast(4, 2, [4]), new ContinuousForecast(3, 2, [3]));
        var mean = Simulate([continuous], design, new(SummaryMeasure.MeanDifference, null, SuccessRule.LowerLimitAbove, 0, 0.95), 2000, 1, 2);
        Assert.InRange(mean.Estimates.Average(), 0.98, 1.02);
        // The standard error of a difference of means is 2 * sqrt(2 / 400) = 0.1414.
        Assert.InRange(Math.Sqrt(mean.Estimates.Average(e => (e - 1) * (e - 1))), 0.134, 0.149);
    }

    [Fact]
    public void ClosedForm_SurvivalAndRestrictedMeanDifferencesOfExponentials()
    {
        var design = new TrialDesign(300, 300, Duration.FromDays(0), Duration.FromDays(1000), 0, Duration.FromDays(1000));
        SimulatedTrial Run(SummaryMeasure measure) =>
            Simulate([Exponential(0.001, 0.5)], design, new(measure, Duration.FromDays(1000), SuccessRule.LowerLimitAbove, 0, 0.95), 1000, 3, 2);
        Assert.InRange(Run(SummaryMeasure.SurvivalDifference).Estimates.Average(), 0.2387 - 0.005, 0.2387 + 0.005); // exp(-0.5) - exp(-1)
        Assert.InRange(Run(SummaryMeasure.RmstDifference).Estimates.Average(), 154.8 - 4, 154.8 + 4); // 2000 (1 - exp(-0.5)) - 1000 (1 - exp(-1))
    }

    [Fact]
    public void Property_SamplerInvertsTheCurve() =>
        Gen.Double[0.02, 0.98].Sample(uniform =>
        {
            double[] grid = [0, 100, 250, 400];
            double[] survival = [1, 0.8, 0.3, 0.01];
            var day = EventTimeSampler.Invert(grid, survival, uniform);
            var i = Array.FindIndex(grid, g => g >= day);
            var fraction = (day - grid[i - 1]) / (grid[i] - grid[i - 1]);
            var at = Math.Exp(((1 - fraction) * Math.Log(survival[i - 1])) + (fraction * Math.Log(survival[i])));
            Agreement.Close(uniform, at, 1e-9);
        });

    [Fact]
    public void Error_MeasureThatDoesNotFit() =>
        Assert.ThrowsAny<Exception>(() => Simulate(
            [Exponential(0.001, 1)],
            new TrialDesign(10, 10, Duration.FromDays(0), Duration.FromDays(100), 0, null),
            new(SummaryMeasure.OddsRatio, null, SuccessRule.EstimateBelow, 1, 0.95),
            2,
            1,
            1));

    private static SimulatedTrial Simulate(
        IReadOnlyList<VirtualSubject> population, TrialDesign design, SuccessCriterion criterion, int replicates, ulong seed, int threads) =>
        TrialSimulator.Simulate(population, design, criterion, replicates, seed, threads, TestContext.Current.CancellationToken);

    private static VirtualSubject Exponential(double hazardPerDay, double ratio)
    {
        double[] grid = [.. Enumerable.Range(0, 200).Select(i => i * 100.0)];
        SurvivalForecast Curve(double hazard)
        {
            double[] survival = [.. grid.Select(day => Math.Exp(-hazard * day))];
            return new SurvivalForecast(grid, survival, [survival]);
        }

        return new VirtualSubject(new SubjectId("v"), Curve(hazardPerDay * ratio), Curve(hazardPerDay));
    }
}
