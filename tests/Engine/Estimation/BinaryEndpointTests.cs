using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

/// <summary>A two-by-two table has closed forms: 30 of 80 treated and 20 of 120 control had the outcome.</summary>
public sealed class BinaryEndpointTests
{
    private const double Treated = 30.0 / 80;
    private const double Control = 20.0 / 120;
    private static readonly TrialData s_trial = TwoByTwo();
    private static readonly MeasureRequest[] s_requests = [new(SummaryMeasure.RiskDifference), new(SummaryMeasure.OddsRatio)];
    private static readonly double s_oddsRatio = Treated / (1 - Treated) / (Control / (1 - Control));
    private static readonly double s_differenceError = Math.Sqrt((Treated * (1 - Treated) / 80) + (Control * (1 - Control) / 120));
    private static readonly double s_logOddsError = Math.Sqrt((1.0 / 30) + (1.0 / 50) + (1.0 / 20) + (1.0 / 100));

    [Fact]
    public void ClosedForm_WeightedEstimator()
    {
        var arm = new UnadjustedMethod("naive").Build(s_trial, EstimandPopulation.Att);

        CheckTable(WeightedEstimator.Estimate(s_trial, arm.Weights, s_requests, "naive"));
    }

    [Theory]
    [InlineData(EstimandPopulation.Att)]
    [InlineData(EstimandPopulation.Ate)]
    public void ClosedForm_DoublyRobustWithoutCovariates(EstimandPopulation population)
    {
        var options = new DoublyRobustOptions { PropensityCovariates = [], OutcomeCovariates = [] };

        CheckTable(DoublyRobust.Estimate(s_trial, population, s_requests, "dr", options));
    }

    [Fact]
    public void ClosedForm_StandardisationWithoutCovariates()
    {
        var values = new double[2];

        Assert.True(new GComputation(s_trial, EstimandPopulation.Ate, s_requests, []).TryEstimate([.. Enumerable.Repeat(1.0, 200)], values));

        Agreement.Close([Treated - Control, Math.Log(s_oddsRatio)], values, 1e-8);
    }

    [Fact]
    public void ClosedForm_LogisticRegressionWithoutCovariates()
    {
        var estimate = OutcomeRegression.Estimate(s_trial, [s_requests[1]], "logistic", []).Single();

        Agreement.Close(s_oddsRatio, estimate.Value, 1e-8);
        Agreement.Close(s_logOddsError, estimate.StandardError, 1e-8);
    }

    [Fact]
    public void ClosedForm_BootstrapSpreadOfTheRiskDifference()
    {
        var result = BootstrapInference.Run(
            "naive",
            s_trial,
            s_requests,
            () => new WeightedResampling(s_trial, s_requests, new UnadjustedMethod("naive").CreateReweighter(s_trial, EstimandPopulation.Att)),
            new BootstrapOptions { ReplicateCount = 4000, Seed = 3 },
            TestContext.Current.CancellationToken);

        Agreement.Close(Treated - Control, result.Estimates[0].Value);
        Assert.InRange(result.Estimates[0].StandardError / s_differenceError, 0.94, 1.06);
        Assert.InRange(result.Estimates[1].StandardError / s_logOddsError, 0.92, 1.1);
    }

    private static void CheckTable(IReadOnlyList<EffectEstimate> estimates)
    {
        Agreement.Close(Treated - Control, estimates[0].Value, 1e-8);
        Agreement.Close(s_differenceError, estimates[0].StandardError, 1e-6);
        Agreement.Close(s_oddsRatio, estimates[1].Value, 1e-8);
        Agreement.Close(s_logOddsError, estimates[1].StandardError, 1e-6);
        Assert.All(estimates, e => Assert.Null(e.Time));
    }

    private static TrialData TwoByTwo() => ExternalControlTrial.Trial(
        80,
        [ExternalControlTrial.Numeric("x", [.. Enumerable.Range(0, 200).Select(i => (double)(i % 13))])],
        new BinaryOutcome([.. Enumerable.Range(0, 200).Select(i => i < 80 ? i < 30 : i < 100)]));
}
