using DigitalTwin.Estimation;
using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

public sealed class TwinControlEstimatorTests
{
    private static readonly Duration s_horizon = Duration.FromDays(1000);
    private static readonly double[] s_days = [100, 300, 500, 1000, 1000];
    private static readonly bool[] s_events = [true, true, false, true, false];

    [Fact]
    public void ClosedForm_ObservedOverExpected_OfExponentialForecasts()
    {
        // Hazard 0.001 a day over 2,900 days of follow-up expects 2.9 events; 3 came. Members at 0.0009 and 0.0011.
        var estimate = Estimate(SummaryMeasure.HazardRatio, 0.001, [0.0009, 0.0011]);

        var ensemble = Math.Pow(Math.Log(0.0011 / 0.0009), 2) / 2;
        Agreement.Close(3 / 2.9, estimate.Value, 1e-9);
        Agreement.Close(Math.Sqrt((1.0 / 3) + ensemble), estimate.StandardError, 1e-9);
    }

    [Fact]
    public void ClosedForm_RestrictedMean_OfExponentialForecasts()
    {
        var estimate = Estimate(SummaryMeasure.RmstDifference, 0.001, [0.001, 0.001]);

        // Kaplan-Meier: 0.8 from day 100, 0.6 from day 300.
        var treated = 100 + (0.8 * 200) + (0.6 * 700);
        Agreement.Close(treated - ((1 - Math.Exp(-1)) / 0.001), estimate.Value, 1e-9);
    }

    [Fact]
    public void ClosedForm_SurvivalDifference_BetweenTimesOfTheGrid()
    {
        var estimate = Estimate(SummaryMeasure.SurvivalDifference, 0.001, [0.001, 0.001], Duration.FromDays(450));

        Agreement.Close(0.6 - Math.Exp(-0.45), estimate.Value, 1e-9);
    }

    [Fact]
    public void ClosedForm_ContinuousForecasts()
    {
        var forecasts = new[] { 1.0, 2, 3 }.Select(m => new ContinuousForecast(m, 1, [m - 0.1, m + 0.1])).ToList();

        var estimate = TwinControlEstimator.Estimate(
            new ContinuousOutcome([2, 4, 3], "1"), forecasts, [new(SummaryMeasure.MeanDifference)], "twin").Single();

        Agreement.Close(1, estimate.Value);
        Agreement.Close(Math.Sqrt((1.0 / 3) + 0.02), estimate.StandardError);
    }

    [Fact]
    public void ClosedForm_BinaryForecasts()
    {
        var forecasts = Enumerable.Repeat(new BinaryForecast(0.25, [0.25, 0.25]), 4).ToList();
        var outcome = new BinaryOutcome([true, true, false, false]);

        var estimates = TwinControlEstimator.Estimate(
            outcome, forecasts, [new(SummaryMeasure.RiskDifference), new(SummaryMeasure.OddsRatio)], "twin");

        Agreement.Close(0.25, estimates[0].Value);
        Agreement.Close(3, estimates[1].Value);
    }

    [Fact]
    public void Error_ForecastsOfOtherSubjects() =>
        Assert.Throws<ArgumentException>(() => TwinControlEstimator.Estimate(
            new SurvivalOutcome(s_days, s_events, s_horizon), [Forecast(0.001, [0.001])], [new(SummaryMeasure.HazardRatio)], "twin"));

    [Fact]
    public void Error_ForecastThatEndsTooEarly() =>
        Assert.Throws<ArgumentException>(() => Estimate(SummaryMeasure.SurvivalDifference, 0.001, [0.001, 0.001], Duration.FromDays(2000)));

    private static EffectEstimate Estimate(SummaryMeasure measure, double hazard, double[] memberHazards, Duration? time = null) =>
        TwinControlEstimator.Estimate(
            new SurvivalOutcome(s_days, s_events, s_horizon),
            [.. Enumerable.Repeat(Forecast(hazard, memberHazards), s_days.Length)],
            [new(measure, time)],
            "twin").Single();

    private static SurvivalForecast Forecast(double hazard, double[] memberHazards)
    {
        double[] grid = [0, 200, 400, 700, 1000];
        return new SurvivalForecast(grid, Curve(hazard), [.. memberHazards.Select(Curve)]);

        double[] Curve(double rate) => [.. grid.Select(d => Math.Exp(-rate * d))];
    }
}
