using DigitalTwin.Models.Calibration;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Calibration;

public sealed class RecalibrationTests
{
    private const int Count = 4000;

    // Outcomes follow logit p = -0.5 + eta, forecasts say 0.3 + 2 eta: the correction is logit p' = -0.65 + 0.5 logit(forecast).
    [Fact]
    public void Reference_ExaggeratedProbabilities_AreShrunkAsLogisticRegressionOnTheLogOddsSays()
    {
        var (eta, outcome, forecast) = Exaggerated();

        var corrected = (ClassProbabilities)Recalibration.Fit(forecast, new BinaryOutcome(outcome), Ones()).Apply(forecast);

        var logOdds = eta.Select(e => 0.3 + (2 * e)).ToArray();
        var maximumLikelihood = LogisticRegression.Fit([.. outcome.Select(o => o ? 1.0 : 0)], new RowMajorMatrix(logOdds, Count, 1));
        for (var i = 0; i < Count; i += 97)
        {
            // The prior is worth a few of 4,000 subjects.
            Assert.Equal(maximumLikelihood.Predict([logOdds[i]]), corrected[i, 1], 2);
        }

        Assert.InRange(maximumLikelihood.Coefficients[1], 0.44, 0.56);
    }

    [Fact]
    public void Property_SeparatedClasses_KeepAFiniteSlope()
    {
        var forecast = new ClassProbabilities([0.9, 0.1, 0.8, 0.2, 0.2, 0.8, 0.1, 0.9], 2);

        var corrected = (ClassProbabilities)Recalibration.Fit(forecast, new BinaryOutcome([false, false, true, true]), [1, 1, 1, 1]).Apply(forecast);

        Assert.InRange(corrected[3, 1], 0.9, 0.9999);
    }

    // True hazard 0.001 exp(eta) a day; forecasts say exp(2 eta) and three times the baseline.
    [Fact]
    public void ClosedForm_ExaggeratedSurvival_ReturnsToTheTrueCurves()
    {
        var stream = new RandomStream(new StreamKey(11, 0, 0, 0, RandomPurpose.Outcome));
        var (eta, days, events) = (new double[Count], new double[Count], new bool[Count]);
        for (var i = 0; i < Count; i++)
        {
            eta[i] = 0.8 * stream.NextGaussian();
            var time = -Math.Log(1 - stream.NextDouble()) / (0.001 * Math.Exp(eta[i]));
            var censoring = 2000 * stream.NextDouble();
            (days[i], events[i]) = (Math.Min(time, censoring), time <= censoring);
        }

        var outcome = new SurvivalOutcome(days, events, Duration.FromDays(2000));
        var grid = SurvivalGrid.Of(outcome);
        var forecast = new SurvivalPredictions(grid, [.. eta.SelectMany(e => grid.Select(t => Math.Exp(-0.003 * t * Math.Exp(2 * e))))], eta);

        var corrected = (SurvivalPredictions)Recalibration.Fit(forecast, outcome, Ones()).Apply(forecast);

        for (var i = 0; i < Count; i += 41)
        {
            Assert.InRange(corrected.At(i, 500), Math.Exp(-0.5 * Math.Exp(eta[i])) - 0.04, Math.Exp(-0.5 * Math.Exp(eta[i])) + 0.04);
        }
    }

    [Fact]
    public void Property_SurvivalThatCarriesNothing_BecomesOneCurve()
    {
        var stream = new RandomStream(new StreamKey(12, 0, 0, 0, RandomPurpose.Outcome));
        var days = Enumerable.Range(0, 300).Select(_ => -1000 * Math.Log(1 - stream.NextDouble())).ToArray();

        // The forecast is the reverse of what happened.
        var outcome = new SurvivalOutcome(days, [.. days.Select(_ => true)], Duration.FromDays(days.Max()));
        var grid = SurvivalGrid.Of(outcome);
        var forecast = new SurvivalPredictions(grid, [.. days.SelectMany(d => grid.Select(t => Math.Exp(-t * d / 1e6)))], days);

        var corrected = (SurvivalPredictions)Recalibration.Fit(forecast, outcome, [.. days.Select(_ => 1.0)]).Apply(forecast);

        Assert.Equal(corrected.At(0, 700), corrected.At(250, 700), 12);
        Assert.InRange(corrected.At(0, 693), 0.42, 0.58);
    }

    [Fact]
    public void ClosedForm_StatedSpreadIsScaledToTheErrors()
    {
        var forecast = new ContinuousPredictions([0, 0, 0, 0], [1, 1, 1, 1]);

        var corrected = (ContinuousPredictions)Recalibration.Fit(forecast, new ContinuousOutcome([3, -3, 3, -3], "1"), [1, 1, 1, 1]).Apply(forecast);

        Assert.Equal(3, corrected.StandardDeviation[0], 12);
    }

    private static (double[] Eta, bool[] Outcome, ClassProbabilities Forecast) Exaggerated()
    {
        var stream = new RandomStream(new StreamKey(10, 0, 0, 0, RandomPurpose.Outcome));
        var (eta, outcome, values) = (new double[Count], new bool[Count], new double[Count * 2]);
        for (var i = 0; i < Count; i++)
        {
            eta[i] = stream.NextGaussian();
            outcome[i] = stream.NextDouble() < 1 / (1 + Math.Exp(0.5 - eta[i]));
            values[(2 * i) + 1] = 1 / (1 + Math.Exp(-0.3 - (2 * eta[i])));
            values[2 * i] = 1 - values[(2 * i) + 1];
        }

        return (eta, outcome, new ClassProbabilities(values, 2));
    }

    private static double[] Ones() => [.. Enumerable.Repeat(1.0, Count)];
}
