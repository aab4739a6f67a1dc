using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Validation;

/// <summary>Discrimination and calibration of survival forecasts [Uno2007], [Graf1999], [Crowson2016].</summary>
internal static class SurvivalValidation
{
    private static readonly double[] AssessedShares = [0.2, 0.4, 0.6, 0.8, 1];

    public static TwinArmValidation Of(ArmId arm, SurvivalOutcome outcome, SurvivalForecast[] forecasts)
    {
        // A subject followed to the horizon without the event was followed past it: the cut is the analysis's, not the subject's.
        double[] days = [.. outcome.Days.Select((d, i) => !outcome.HadEvent[i] && d >= outcome.Horizon.Days ? Math.BitIncrement(outcome.Horizon.Days) : d)];
        double[] predictors = [.. forecasts.Select(f => Math.Log(CumulativeHazard(f, outcome.Horizon.Days)))];
        double[] expected = [.. forecasts.Select((f, i) => CumulativeHazard(f, outcome.Days[i]))];

        var concordance = Concordance.Estimate(days, outcome.HadEvent, predictors);
        var slope = SurvivalCalibration.Slope(days, outcome.HadEvent, predictors);
        var intercept = SurvivalCalibration.Intercept(outcome.HadEvent, expected);
        double[] atHorizon = [.. forecasts.Select(f => f.Survival[^1])];
        var curve = SurvivalCalibration.Curve(days, outcome.HadEvent, atHorizon, outcome.Horizon.Days, ValidationGroups.Count(days.Length));
        // Past the last follow-up nobody is left to be told from those with the event.
        var longest = days.Max();
        var assessed = AssessedShares.Select(share => share * outcome.Horizon.Days).Where(day => day < longest);
        return new TwinArmValidation(
            arm,
            days.Length,
            outcome.HadEvent.Count(e => e),
            concordance.Value,
            concordance.StandardError,
            slope.Value,
            slope.StandardError,
            intercept.Value,
            intercept.StandardError,
            [.. assessed.Select(day => At(day, days, outcome.HadEvent, forecasts))],
            null,
            [.. curve.Reverse().Select(g => new CalibrationPoint(1 - g.Predicted, 1 - g.Observed, 1 - g.Upper, 1 - g.Lower, g.Count))]);
    }

    private static ValidationAtTime At(double day, double[] days, bool[] events, SurvivalForecast[] forecasts)
    {
        double[] survival = [.. forecasts.Select(f => Math.Exp(-CumulativeHazard(f, day)))];
        var auc = TimeDependentAuc.At(days, events, [.. survival.Select(s => 1 - s)], day);
        var marginal = KaplanMeier.Fit(days, events).At(day).Survival;
        return new ValidationAtTime(
            Duration.FromDays(day),
            auc.Value,
            BrierScore.At(days, events, survival, day),
            BrierScore.At(days, events, [.. survival.Select(_ => marginal)], day));
    }

    // The hazard is constant between the times of the grid.
    private static double CumulativeHazard(SurvivalForecast forecast, double day)
    {
        var index = Array.BinarySearch(forecast.GridDays, day);
        if (index >= 0)
        {
            return -Math.Log(forecast.Survival[index]);
        }

        var after = Math.Min(~index, forecast.GridDays.Length - 1);
        var (from, to) = (-Math.Log(forecast.Survival[after - 1]), -Math.Log(forecast.Survival[after]));
        var share = (day - forecast.GridDays[after - 1]) / (forecast.GridDays[after] - forecast.GridDays[after - 1]);
        return from + (Math.Min(share, 1) * (to - from));
    }
}
