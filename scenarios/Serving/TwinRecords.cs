using DigitalTwin.Contracts;
using DigitalTwin.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>Turns what the twin service answers back into the records of the engine.</summary>
public static class TwinRecords
{
    /// <param name="forecast">A forecast asked for with <see cref="ForecastDetail.Members"/>.</param>
    /// <exception cref="ArgumentException">The forecast carries no members.</exception>
    public static OutcomeForecast Outcome(TwinForecast forecast)
    {
        ArgumentNullException.ThrowIfNull(forecast);
        return forecast.Outcome switch
        {
            SurvivalForecastOutcome { Members.Length: > 0 } survival => new SurvivalForecast(survival.GridDays, survival.Survival, survival.Members),
            BinaryForecastOutcome { Members.Length: > 0 } binary => new BinaryForecast(binary.Probability, binary.Members),
            ContinuousForecastOutcome { Members.Length: > 0 } continuous =>
                new ContinuousForecast(continuous.Mean, continuous.ResidualStandardDeviation, continuous.Members),
            _ => throw new ArgumentException("The forecast carries no ensemble members; ask for them with ForecastDetail.Members.", nameof(forecast)),
        };
    }

    /// <summary>Out-of-fold performance as the report takes it.</summary>
    public static TwinArmValidation Validation(ArmValidation row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new TwinArmValidation(
            row.Arm,
            row.SubjectCount,
            row.EventCount,
            row.Discrimination,
            row.DiscriminationStandardError,
            row.Calibration.Slope,
            row.Calibration.SlopeStandardError,
            row.Calibration.Intercept,
            row.Calibration.InterceptStandardError,
            [.. row.AtTimes.Select(t => new ValidationAtTime(t.Time, t.Auc, t.Brier, t.BrierReference))],
            row.RSquared,
            [.. row.CalibrationCurve.Select(p => new CalibrationPoint(p.Predicted, p.Observed, p.Lower, p.Upper, p.SubjectCount))]);
    }
}
