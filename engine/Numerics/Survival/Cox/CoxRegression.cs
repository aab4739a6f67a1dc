using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Cox proportional hazards regression [Cox1972] by maximum partial likelihood.</summary>
public static class CoxRegression
{
    /// <summary>Fits log hazard ratios to right-censored follow-up.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="covariates">Shape [subjects, covariates], finite; no intercept.</param>
    /// <param name="options">Null: Efron ties, no weights, strata, offsets or penalty.</param>
    /// <returns>The fit; its <see cref="CoxEstimate.Status"/> says whether it converged.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <remarks>Same answers as R's coxph with tighter convergence. Cost O(n log n + n p^2) an iteration;
    /// for many fits of the same subjects use <see cref="CoxWorkspace"/>.</remarks>
    public static CoxFit Fit(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, RowMajorMatrix covariates, CoxOptions? options = null) =>
        new CoxWorkspace(times, events, covariates, options).FitInFull();
}
