using DigitalTwin.Numerics.Survival;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;
using ReportCurve = DigitalTwin.Scenarios.Results.SurvivalCurve;

namespace DigitalTwin.Scenarios.Study;

/// <summary>The survival curves of a report.</summary>
internal static class CurveStage
{
    /// <summary>Kaplan-Meier curve of one arm, log-log intervals; with weights, robust variance.</summary>
    /// <param name="name">Id and words of the curve.</param>
    /// <param name="kind">How it is obtained.</param>
    /// <param name="trial">The trial.</param>
    /// <param name="treated">Which arm.</param>
    /// <param name="weights">Shape [subjects of the trial], or null.</param>
    /// <param name="endpoint">Endpoint, for the horizon and the times of the risk table.</param>
    /// <param name="level">Confidence level of the limits.</param>
    public static ReportCurve KaplanMeierOf(
        (string Id, string Label, string? MethodId) name,
        CurveKind kind,
        TrialData trial,
        bool treated,
        double[]? weights,
        TimeToEventEndpoint endpoint,
        double level)
    {
        var outcome = (SurvivalOutcome)trial.Outcome;
        var rows = Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == treated && (weights is null || weights[i] > 0)).ToArray();
        var arm = (SurvivalOutcome)outcome.Take(rows);
        var options = new KaplanMeierOptions
        {
            Weights = weights is null ? null : [.. rows.Select(r => weights[r])],
            Level = level,
            Variance = weights is null ? CurveVariance.Greenwood : CurveVariance.Robust,
        };
        var curve = KaplanMeier.Fit(arm.Days, arm.HadEvent, options);
        return new ReportCurve(
            name.Id,
            name.Label,
            kind,
            name.MethodId,
            [0, .. curve.Times],
            [1, .. curve.Survival],
            [1, .. curve.Lower.Select((l, i) => double.IsFinite(l) ? l : curve.Survival[i])],
            [1, .. curve.Upper.Select((u, i) => double.IsFinite(u) ? u : curve.Survival[i])],
            level,
            [.. RiskTableTimes.Of(endpoint.Horizon, endpoint.DisplayUnit).Select(day => Entry(curve, day))]);
    }

    /// <summary>Mean of the twins' forecasts.</summary>
    public static ReportCurve TwinPredicted(string label, IReadOnlyList<SurvivalForecast> forecasts, double level)
    {
        var grid = forecasts[0].GridDays;
        var mean = new double[grid.Length];
        var memberCount = forecasts.Min(f => f.Members.Length);
        var members = Enumerable.Range(0, memberCount).Select(_ => new double[grid.Length]).ToArray();
        foreach (var forecast in forecasts)
        {
            for (var t = 0; t < grid.Length; t++)
            {
                mean[t] += forecast.Survival[t] / forecasts.Count;
                for (var m = 0; m < memberCount; m++)
                {
                    members[m][t] += forecast.Members[m][t] / forecasts.Count;
                }
            }
        }

        var (lower, upper) = EnsembleBand.Of(mean, members, level);
        return new ReportCurve("twin-control", label, CurveKind.TwinPredicted, null, grid, mean, lower, upper, level, []);
    }

    private static RiskTableEntry Entry(Numerics.Survival.SurvivalCurve curve, double day)
    {
        var events = 0.0;
        for (var t = 0; t < curve.Times.Length && curve.Times[t] <= day; t++)
        {
            events += curve.Events[t];
        }

        return new RiskTableEntry(day, curve.AtRiskAt(day), events);
    }
}
