using System.Globalization;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Restricted mean survival time: area under the Kaplan-Meier curve from 0 to a horizon.</summary>
public static class RestrictedMeanSurvival
{
    /// <summary>Estimates the mean with its standard error.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="horizon">tau in the unit of <paramref name="times"/>; must not pass the longest follow-up.</param>
    /// <param name="weights">Shape [subjects], or empty for all one.</param>
    /// <param name="variance">Greenwood [Klein2003] section 4.5, or the infinitesimal jackknife, which sampling weights need.</param>
    /// <returns>Mean in the unit of <paramref name="times"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">tau is not positive, or passes the longest follow-up.</exception>
    /// <remarks>Greenwood: as print(survfit, rmean = tau) of R; robust: as residuals.survfit(type = "rmst"). Cost O(n log n).</remarks>
    public static CurveEstimate Estimate(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        double horizon,
        ReadOnlySpan<double> weights = default,
        CurveVariance variance = CurveVariance.Greenwood)
    {
        SurvivalInput.CheckFollowUp(times, events);
        weights = weights.IsEmpty ? SurvivalInput.Ones(times.Length) : weights;
        SurvivalInput.CheckWeights(weights, times.Length);
        var table = RiskTable.Of(times, events, weights);
        CheckHorizon(horizon, table.Times[^1]);
        var areas = AreasToHorizon(table, horizon, out var mean);
        var standardError = variance == CurveVariance.Robust
            ? CurveInfluence.RobustError(table, events, weights, areas)
            : CurveInfluence.GreenwoodError(table, areas);
        return new CurveEstimate(mean, standardError);
    }

    /// <summary>Area under the curve from each time to the horizon, zero past it; shape [times].</summary>
    private static double[] AreasToHorizon(RiskTable table, double horizon, out double mean)
    {
        var survival = KaplanMeier.ProductLimit(table);
        var areas = new double[survival.Length];
        var (area, right) = (0.0, horizon);
        for (var t = survival.Length - 1; t >= 0; t--)
        {
            if (table.Times[t] <= horizon)
            {
                area += survival[t] * (right - table.Times[t]);
                areas[t] = area;
                right = table.Times[t];
            }
        }

        mean = area + right;
        return areas;
    }

    private static void CheckHorizon(double horizon, double longest)
    {
        if (!(horizon > 0) || horizon > longest)
        {
            throw new ArgumentOutOfRangeException(
                nameof(horizon),
                horizon,
                string.Create(CultureInfo.InvariantCulture, $"The horizon must be positive and not pass the longest follow-up, {longest}."));
        }
    }
}

/// <summary>A number read off a survival curve.</summary>
/// <param name="Value">Estimate.</param>
/// <param name="StandardError">Its standard error.</param>
public sealed record CurveEstimate(double Value, double StandardError);
