using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Calibration;

/// <summary>Recalibrates survival: with z(t) the log cumulative hazard that is predicted, log H'(t) = log A(t) + b (z(t) - mean z(t)). The slope b is that of a Cox
/// regression on the mean of z over time; A is then estimated so that at each time of the grid as many events are expected among those at risk as happened.</summary>
/// <remarks>Source: slope and baseline recalibration of a survival model [VanHouwelingen2000]; A by the counting argument of [Breslow1974]. The order of subjects at any one time
/// stays as it was while b is positive; a negative slope is taken as 0: the predictions carry nothing, and everybody gets the same curve.</remarks>
internal sealed class SurvivalRecalibration : Recalibration, IStored
{
    private const double LeastHazard = 1e-6;
    private const double MostHazard = 50;

    // Prior of the slope: normal around 1 with deviation 0.5, so that it is finite where the predictions order the events perfectly.
    private const double SlopePrecision = 4;

    private readonly double[] _grid;
    private readonly double[] _means;
    private readonly double[] _cumulative;
    private readonly double _slope;

    private SurvivalRecalibration(double[] grid, double[] means, double[] cumulative, double slope) =>
        (_grid, _means, _cumulative, _slope) = (grid, means, cumulative, slope);

    public override string Finding => Slope("survival curves", _slope);

    public static Recalibration Fit(SurvivalPredictions outOfFold, SurvivalOutcome outcome, ReadOnlySpan<double> caseWeights)
    {
        var grid = outOfFold.GridDays;
        var logs = LogHazards(outOfFold);
        var means = Means(logs, grid.Length, caseWeights);
        var slope = FitSlope(logs, grid.Length, outcome, caseWeights);
        if (slope is not { } found)
        {
            return None;
        }

        var cumulative = Cumulative(grid, logs, means, found, outcome, caseWeights);
        return new SurvivalRecalibration(grid, means, cumulative, found);
    }

    public override OutcomePredictions Apply(OutcomePredictions predictions)
    {
        var survival = (SurvivalPredictions)SurvivalGrid.Resample(predictions, _grid);
        var logs = LogHazards(survival);
        var curves = new double[logs.Length];
        for (var i = 0; i < survival.Count; i++)
        {
            var previous = 0.0;
            curves[i * _grid.Length] = 1;
            for (var t = 1; t < _grid.Length; t++)
            {
                var k = (i * _grid.Length) + t;
                previous = Math.Max(previous, _cumulative[t] * Math.Exp(_slope * (logs[k] - _means[t])));
                curves[k] = Math.Exp(-previous);
            }
        }

        return new SurvivalPredictions(_grid, curves, survival.Risk);
    }

    public void Write(ModelWriter writer)
    {
        writer.Numbers(_grid);
        writer.Numbers(_means);
        writer.Numbers(_cumulative);
        writer.Number(_slope);
    }

    public static SurvivalRecalibration Read(ModelReader reader)
    {
        var grid = reader.Ascending("times of a recalibration");
        return new SurvivalRecalibration(grid, reader.Numbers(grid.Length, "means of a recalibration"), reader.Numbers(grid.Length, "hazards of a recalibration"), reader.Number());
    }

    internal override bool Suits(PredictionShape shape) => shape == PredictionShape.Survival;

    private static double[] LogHazards(SurvivalPredictions predictions) =>
        Array.ConvertAll(predictions.Survival, s => Math.Log(Math.Clamp(-Math.Log(Math.Clamp(s, 1e-300, 1)), LeastHazard, MostHazard)));

    private static double[] Means(double[] logs, int timeCount, ReadOnlySpan<double> caseWeights)
    {
        var means = new double[timeCount];
        var total = 0.0;
        for (var i = 0; i < caseWeights.Length; i++)
        {
            total += caseWeights[i];
            for (var t = 0; t < timeCount; t++)
            {
                means[t] += caseWeights[i] * logs[(i * timeCount) + t];
            }
        }

        return [.. means.Select(m => m / total)];
    }

    private static double? FitSlope(double[] logs, int timeCount, SurvivalOutcome outcome, ReadOnlySpan<double> caseWeights)
    {
        var index = new double[outcome.Count];
        for (var i = 0; i < index.Length; i++)
        {
            for (var t = 1; t < timeCount; t++)
            {
                index[i] += logs[(i * timeCount) + t] / (timeCount - 1);
            }
        }

        if (outcome.HadEvent.Count(e => e) < 2 || index.All(v => Math.Abs(v - index[0]) < 1e-9))
        {
            return null;
        }

        // The index is known to enter with slope 1; what is fitted, and penalised, is how far the slope is from 1.
        var options = new CoxOptions { Weights = caseWeights.ToArray(), Offsets = index, RidgePenalty = [SlopePrecision] };
        var fit = CoxRegression.Fit(outcome.Days, outcome.HadEvent, new RowMajorMatrix(index, index.Length, 1), options);
        return fit.Status == CoxStatus.Converged ? Math.Max(0, 1 + fit.Coefficients[0]) : null;
    }

    // H'_i(t) = A_t r_it. The hazard of the interval ending at t is A_t r_it - A_(t-1) r_i(t-1); summed over those at risk it must equal the events.
    private static double[] Cumulative(
        double[] grid, double[] logs, double[] means, double slope, SurvivalOutcome outcome, ReadOnlySpan<double> caseWeights)
    {
        var cumulative = new double[grid.Length];
        for (var t = 1; t < grid.Length; t++)
        {
            double events = 0, now = 0, before = 0;
            for (var i = 0; i < outcome.Count; i++)
            {
                // At risk in (grid[t - 1], grid[t]]; who is censored inside counts for the share of the interval that was seen.
                var (start, end) = (grid[t - 1], grid[t]);
                if (outcome.Days[i] < start || (outcome.Days[i] == start && t > 1))
                {
                    continue;
                }

                var isEvent = outcome.HadEvent[i] && outcome.Days[i] <= end;
                var share = isEvent || outcome.Days[i] >= end ? 1 : (outcome.Days[i] - start) / (end - start);
                events += isEvent ? caseWeights[i] : 0;
                now += share * caseWeights[i] * Math.Exp(slope * (logs[(i * grid.Length) + t] - means[t]));
                before += share * caseWeights[i] * Math.Exp(slope * (logs[(i * grid.Length) + t - 1] - means[t - 1]));
            }

            cumulative[t] = now > 0 ? Math.Max(0, (events + (cumulative[t - 1] * before)) / now) : cumulative[t - 1];
        }

        return cumulative;
    }
}
