using DigitalTwin.ControlArms;
using DigitalTwin.Estimation;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

public sealed class BootstrapInferenceTests
{
    private static readonly TrialData s_trial = ExternalControlTrial.Build();
    private static readonly ReferenceValues s_expected = ReferenceData.Values("causal/external-control.csv");
    private static readonly MeasureRequest[] s_requests =
        [new(SummaryMeasure.HazardRatio), new(SummaryMeasure.SurvivalDifference), new(SummaryMeasure.RmstDifference)];

    [Fact]
    public void Reference_WeightedHazardRatio_SpreadsAsInR()
    {
        var result = Run(1000, -1, [s_requests[0]]);
        var estimate = Assert.Single(result.Estimates);
        var quantiles = s_expected.Vector("att-bootstrap", "quantiles");

        Agreement.Close(Math.Exp(s_expected.Scalar("att", "logHr")), estimate.Value);

        // Spreads of 1,000 and 2,000 draws: relative standard error 0.027; quantiles: about 0.01 each.
        Assert.InRange(estimate.StandardError / s_expected.Scalar("att-bootstrap", "sd"), 0.9, 1.1);
        Assert.Equal(quantiles[0], Math.Log(estimate.Interval.Lower), 0.05);
        Assert.Equal(quantiles[1], Math.Log(estimate.Interval.Upper), 0.05);
        Assert.Empty(result.Warnings);
    }

    [Fact]
    public void Property_AnyNumberOfThreads_SameEstimates()
    {
        var one = Run(100, 1, s_requests);
        var three = Run(100, 3, s_requests);

        Assert.Equal(one.Estimates, three.Estimates);
        Assert.Equal(one.Replicates.Values.ToArray(), three.Replicates.Values.ToArray());
    }

    [Fact]
    public void Property_PointEstimates_AreThoseOfTheWeightedEstimator()
    {
        var arm = new PropensityWeightingMethod("iptw").Build(s_trial, EstimandPopulation.Att);
        var expected = WeightedEstimator.Estimate(s_trial, arm.Weights, s_requests, "iptw");

        var actual = Run(40, -1, s_requests).Estimates;

        Agreement.Close([.. expected.Select(e => e.Value)], [.. actual.Select(e => e.Value)], 1e-8);
        Assert.Equal(expected.Select(e => e.Time), actual.Select(e => e.Time));
    }

    [Fact]
    public void Property_BiasCorrectedInterval_StandsNearThePercentileInterval()
    {
        var options = new BootstrapOptions { ReplicateCount = 400, Seed = 11, Interval = BootstrapIntervalKind.BiasCorrectedAccelerated };
        var result = BootstrapInference.Run("iptw", s_trial, [s_requests[0]], Create([s_requests[0]]), options, TestContext.Current.CancellationToken);
        var corrected = result.Estimates[0];
        var percentile = Run(400, -1, [s_requests[0]]).Estimates[0];

        Assert.Equal("BCa", corrected.Interval.Kind);
        Assert.Equal(percentile.StandardError, corrected.StandardError);
        Assert.NotEqual(percentile.Interval.Lower, corrected.Interval.Lower);
        Assert.Equal(percentile.Interval.Lower, corrected.Interval.Lower, 0.1);
        Assert.Equal(percentile.Interval.Upper, corrected.Interval.Upper, 0.1);
    }

    [Fact]
    public void Error_SampleWithoutEstimate_IsRefused()
    {
        var trial = new TrialData(s_trial.Subjects, s_trial.Treated, s_trial.Covariates, new BinaryOutcome(new bool[s_trial.Count]));
        MeasureRequest[] odds = [new(SummaryMeasure.OddsRatio)];

        Assert.Throws<EstimationFailedException>(() => BootstrapInference.Run(
            "iptw",
            trial,
            odds,
            () => new WeightedResampling(trial, odds, new UnadjustedMethod("naive").CreateReweighter(trial, EstimandPopulation.Att)),
            new BootstrapOptions { ReplicateCount = 50 },
            TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Error_MeasureThatDoesNotGoWithTheEndpoint() =>
        Assert.Throws<MeasureNotSupportedException>(() => WeightedEstimator.Estimate(
            s_trial, new UnadjustedMethod("naive").Build(s_trial, EstimandPopulation.Att).Weights, [new(SummaryMeasure.OddsRatio)], "naive"));

    private static BootstrapResult Run(int replicates, int threads, MeasureRequest[] requests) => BootstrapInference.Run(
        "iptw",
        s_trial,
        requests,
        Create(requests),
        new BootstrapOptions { ReplicateCount = replicates, Seed = 11, ThreadCount = threads },
        TestContext.Current.CancellationToken);

    private static Func<IResampledEstimator> Create(MeasureRequest[] requests)
    {
        var method = new PropensityWeightingMethod("iptw");
        return () => new WeightedResampling(s_trial, requests, method.CreateReweighter(s_trial, EstimandPopulation.Att));
    }
}
