using DigitalTwin.Numerics.Regression;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>The conditional effect of the arm in a regression of the outcome on arm and covariates: Cox, logistic or linear.</summary>
/// <remarks>A conditional hazard or odds ratio is another quantity than the marginal one of a trial, even without confounding [Daniel2021]: say so where
/// both are shown. Standard errors are those of the model.</remarks>
public static class OutcomeRegression
{
    /// <summary>Whether the measure can be read off the regression.</summary>
    public static bool Supports(SummaryMeasure measure) =>
        measure is SummaryMeasure.HazardRatio or SummaryMeasure.OddsRatio or SummaryMeasure.MeanDifference;

    /// <summary>Estimates the adjusted effects.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="requests">Hazard ratio, odds ratio or mean difference, as the endpoint allows.</param>
    /// <param name="methodId">Name the estimates carry.</param>
    /// <param name="covariates">Variables adjusted for; null = every covariate of the trial.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="MeasureNotSupportedException">A measure does not go with the endpoint.</exception>
    /// <exception cref="EstimationFailedException">The data do not determine an estimate.</exception>
    public static IReadOnlyList<EffectEstimate> Estimate(
        TrialData trial, IReadOnlyList<MeasureRequest> requests, string methodId, IReadOnlyList<string>? covariates = null, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(requests);
        return [.. requests.Select(One)];

        EffectEstimate One(MeasureRequest request)
        {
            var (value, standardError) = (trial.Outcome, request.Measure) switch
            {
                (SurvivalOutcome outcome, SummaryMeasure.HazardRatio) => Cox(trial, outcome, covariates, methodId),
                (BinaryOutcome outcome, SummaryMeasure.OddsRatio) => Logistic(trial, outcome, covariates, methodId),
                (ContinuousOutcome outcome, SummaryMeasure.MeanDifference) => Linear(trial, outcome, covariates),
                _ => throw new MeasureNotSupportedException("An outcome regression", request.Measure, trial.Outcome.Kind),
            };
            return WaldInterval.Estimate(methodId, request, request.TimeFor(trial.Outcome), value, standardError, level, "model");
        }
    }

    private static (double Value, double StandardError) Cox(
        TrialData trial, SurvivalOutcome outcome, IReadOnlyList<string>? covariates, string methodId)
    {
        var fit = CoxRegression.Fit(outcome.Days, outcome.HadEvent, TrialColumns.ArmAndCovariates(trial, covariates));
        var usable = fit.Status is CoxStatus.Converged or CoxStatus.SingularCovariates && double.IsFinite(fit.Coefficients[0]);
        return usable
            ? (fit.Coefficients[0], fit.StandardErrors[0])
            : throw new EstimationFailedException(methodId, fit.StatusSentence);
    }

    private static (double Value, double StandardError) Logistic(
        TrialData trial, BinaryOutcome outcome, IReadOnlyList<string>? covariates, string methodId)
    {
        var fit = LogisticRegression.Fit(WeightedEstimator.Numbers(outcome), TrialColumns.ArmAndCovariates(trial, covariates));
        return fit.Status == RegressionStatus.Converged
            ? (fit.Coefficients[1], fit.StandardErrors[1])
            : throw new EstimationFailedException(methodId, "Arm and covariates tell the outcomes apart, so that there is no odds ratio.");
    }

    private static (double Value, double StandardError) Linear(TrialData trial, ContinuousOutcome outcome, IReadOnlyList<string>? covariates)
    {
        var matrix = TrialColumns.ArmAndCovariates(trial, covariates);
        var fit = LinearRegression.Fit(outcome.Values, matrix);
        return (fit.Coefficients[1], Math.Sqrt(fit.Covariance[matrix.ColumnCount + 2]));
    }
}
