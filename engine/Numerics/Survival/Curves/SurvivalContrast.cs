namespace DigitalTwin.Numerics.Survival;

/// <summary>Differences between the Kaplan-Meier curves of a treated and a control arm, weighted or not.</summary>
public static class SurvivalContrast
{
    /// <summary>Restricted mean survival time, treated less control.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="treated">Arm of each subject, shape [subjects]; both arms must be there.</param>
    /// <param name="horizon">tau; must not pass the longest follow-up of either arm.</param>
    /// <param name="weights">Shape [subjects], or empty for all one.</param>
    /// <param name="variance">Robust takes the weights as known.</param>
    /// <exception cref="ArgumentOutOfRangeException">tau is not positive, or passes the longest follow-up of an arm.</exception>
    public static CurveContrast RestrictedMean(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        ReadOnlySpan<bool> treated,
        double horizon,
        ReadOnlySpan<double> weights = default,
        CurveVariance variance = CurveVariance.Robust)
    {
        var (treatedArm, controlArm) = SurvivalArm.Split(times, events, treated, weights);
        return new CurveContrast(
            RestrictedMeanSurvival.Estimate(treatedArm.Times, treatedArm.Events, horizon, treatedArm.Weights, variance),
            RestrictedMeanSurvival.Estimate(controlArm.Times, controlArm.Events, horizon, controlArm.Weights, variance));
    }

    /// <summary>Survival probability at one time, treated less control.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="treated">Arm of each subject, shape [subjects]; both arms must be there.</param>
    /// <param name="time">In the unit of <paramref name="times"/>, positive.</param>
    /// <param name="weights">Shape [subjects], or empty for all one.</param>
    /// <param name="variance">Robust takes the weights as known.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is not positive and finite.</exception>
    public static CurveContrast SurvivalAt(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        ReadOnlySpan<bool> treated,
        double time,
        ReadOnlySpan<double> weights = default,
        CurveVariance variance = CurveVariance.Robust)
    {
        if (!(time > 0) || !double.IsFinite(time))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, "The time must be positive and finite.");
        }

        var (treatedArm, controlArm) = SurvivalArm.Split(times, events, treated, weights);
        return new CurveContrast(PointOf(treatedArm, time, variance), PointOf(controlArm, time, variance));
    }

    private static CurveEstimate PointOf(SurvivalArm arm, double time, CurveVariance variance)
    {
        var options = new KaplanMeierOptions { Weights = arm.Weights, Variance = variance };
        var point = KaplanMeier.Fit(arm.Times, arm.Events, options).At(time);
        return new CurveEstimate(point.Survival, point.StandardError);
    }
}

/// <summary>A number of two independent survival curves and its difference.</summary>
/// <param name="Treated">Estimate of the treated arm.</param>
/// <param name="Control">Estimate of the control arm.</param>
public sealed record CurveContrast(CurveEstimate Treated, CurveEstimate Control)
{
    /// <summary>Treated less control.</summary>
    public double Difference => Treated.Value - Control.Value;

    /// <summary>Standard error of <see cref="Difference"/>; the arms are independent.</summary>
    public double StandardError =>
        Math.Sqrt((Treated.StandardError * Treated.StandardError) + (Control.StandardError * Control.StandardError));
}
