using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Checks of the assumptions of a fitted Cox regression.</summary>
public static class CoxDiagnostics
{
    /// <summary>Score test that each log hazard ratio does not change with a function of time [Grambsch1994].</summary>
    /// <param name="times">Follow-up of the fit, shape [subjects].</param>
    /// <param name="events">Events of the fit, shape [subjects].</param>
    /// <param name="covariates">Covariates of the fit, shape [subjects, covariates].</param>
    /// <param name="fit">The fit; every coefficient must have been fitted.</param>
    /// <param name="options">Options of the fit; a ridge penalty is not taken into account.</param>
    /// <param name="transform">The function of time.</param>
    /// <exception cref="ArgumentException">The data are not those of the fit, a coefficient is NaN, or a time has no logarithm.</exception>
    /// <remarks>As R's cox.zph, with one column a term. Cost O(n p^2).</remarks>
    public static ProportionalHazardsTest ProportionalHazards(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        RowMajorMatrix covariates,
        CoxEstimate fit,
        CoxOptions? options = null,
        TimeTransform transform = TimeTransform.KaplanMeier)
    {
        options ??= new CoxOptions();
        var sets = new CoxRiskSets(times, events, covariates, options);
        SurvivalInput.CheckFinite(fit.Coefficients, sets.CovariateCount, "coefficient", nameof(fit));
        var likelihood = new CoxLikelihood(sets, options.Ties);
        var weights = options.Weights ?? SurvivalInput.Ones(times.Length);
        SurvivalInput.CheckWeights(weights, times.Length);
        var scaled = new double[sets.CovariateCount];
        for (var i = 0; i < weights.Length; i++)
        {
            likelihood.Weights[i] = weights[sets.Order[i]];
        }

        for (var j = 0; j < scaled.Length; j++)
        {
            scaled[j] = fit.Coefficients[j] * sets.Scales[j];
        }

        likelihood.Evaluate(scaled);
        var sums = new TimeVaryingScore(sets.CovariateCount);
        sums.Add(sets, likelihood, options.Ties, TransformedTimes(sets, times, events, transform));
        return sums.ToTest();
    }

    /// <summary>The function of time at each time group, less its mean over the events.</summary>
    private static double[] TransformedTimes(
        CoxRiskSets sets, ReadOnlySpan<double> times, ReadOnlySpan<bool> events, TimeTransform transform)
    {
        var curve = KaplanMeier.Fit(times, events);
        var values = new double[sets.Groups.Length];
        var (sum, count) = (0.0, 0);
        for (var g = 0; g < values.Length; g++)
        {
            var group = sets.Groups[g];
            values[g] = transform switch
            {
                TimeTransform.Identity => group.Time,
                TimeTransform.Log when group.Time > 0 => Math.Log(group.Time),
                TimeTransform.Log => throw new ArgumentException("A time is zero; it has no logarithm.", nameof(times)),
                TimeTransform.KaplanMeier => 1 - Before(curve, group.Time),
                _ => throw new ArgumentOutOfRangeException(nameof(transform), transform, "Not a transform of time."),
            };
            var eventCount = group.EventEnd - group.Start;
            sum += eventCount == 0 ? 0 : eventCount * values[g];
            count += eventCount;
        }

        for (var g = 0; g < values.Length; g++)
        {
            values[g] -= sum / count;
        }

        return values;
    }

    private static double Before(SurvivalCurve curve, double time)
    {
        var index = Array.BinarySearch(curve.Times, time);
        var previous = (index >= 0 ? index : ~index) - 1;
        return previous < 0 ? 1 : curve.Survival[previous];
    }
}

/// <summary>Outcome of the proportional hazards test.</summary>
/// <param name="Covariates">One test a covariate, shape [covariates].</param>
/// <param name="Overall">All covariates together.</param>
public sealed record ProportionalHazardsTest(ChiSquaredTest[] Covariates, ChiSquaredTest Overall);
