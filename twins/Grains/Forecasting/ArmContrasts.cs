using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Differences between two forecasts of one subject, with the ensemble's doubt.</summary>
internal static class ArmContrasts
{
    /// <summary>Arm minus reference, in every measure the endpoint has.</summary>
    /// <param name="arm">Forecast under the arm, with members.</param>
    /// <param name="reference">Forecast under the reference arm, with members.</param>
    public static IEnumerable<ArmContrast> Between(TwinForecast arm, TwinForecast reference) => (arm.Outcome, reference.Outcome) switch
    {
        (SurvivalForecastOutcome a, SurvivalForecastOutcome r) =>
        [
            Contrast(arm.Arm, reference.Arm, ContrastMeasure.SurvivalDifference, "1",
                a.Survival[^1] - r.Survival[^1], [.. a.Members.Select(m => m[^1])], [.. r.Members.Select(m => m[^1])]),
            Contrast(arm.Arm, reference.Arm, ContrastMeasure.RmstDifference, "d",
                Area(a.GridDays, a.Survival) - Area(r.GridDays, r.Survival),
                [.. a.Members.Select(m => Area(a.GridDays, m))], [.. r.Members.Select(m => Area(r.GridDays, m))]),
        ],
        (BinaryForecastOutcome a, BinaryForecastOutcome r) =>
            [Contrast(arm.Arm, reference.Arm, ContrastMeasure.RiskDifference, "1", a.Probability - r.Probability, a.Members, r.Members)],
        (ContinuousForecastOutcome a, ContinuousForecastOutcome r) =>
            [Contrast(arm.Arm, reference.Arm, ContrastMeasure.MeanDifference, a.Unit, a.Mean - r.Mean, a.Members, r.Members)],
        _ => throw new ArgumentException("The two forecasts are of different kinds of endpoint.", nameof(reference)),
    };

    /// <summary>Area under a curve by the trapezoid rule on its own grid: restricted mean survival time in days.</summary>
    public static double Area(double[] gridDays, double[] curve)
    {
        var area = 0.0;
        for (var i = 1; i < gridDays.Length; i++)
        {
            area += (gridDays[i] - gridDays[i - 1]) * (curve[i] + curve[i - 1]) / 2;
        }

        return area;
    }

    private static ArmContrast Contrast(
        ArmId arm, ArmId reference, ContrastMeasure measure, string unit, double value, double[] armMembers, double[] referenceMembers)
    {
        var differences = Differences(armMembers, referenceMembers);
        var band = differences.Length == 0 ? new EnsembleBand(value, value) : EnsembleQuantiles.SortAndBand(differences);
        return new ArmContrast(arm, reference, measure, value, band, unit);
    }

    /// <summary>Member by member when both arms come from the same members; otherwise the ensembles are independent and every pair counts.</summary>
    private static double[] Differences(double[] arm, double[] reference) => arm.Length == reference.Length
        ? [.. arm.Zip(reference, (a, r) => a - r)]
        : [.. arm.SelectMany(a => reference.Select(r => a - r))];
}
