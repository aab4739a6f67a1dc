using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Marginal effects of a weighted comparison, with robust standard errors that take the weights as known.</summary>
/// <remarks>Hazard ratio: weighted Cox regression on the arm [Binder1992] with the robust variance of [Lin1989]; survival and restricted means:
/// weighted Kaplan-Meier curves with the infinitesimal jackknife; means and risks: weighted differences with HC0 [White1980]; odds ratio: weighted logistic regression.
/// Matched sets cluster the variance of regressions. For weights estimated from the data this variance is usually too large for ATE and can be
/// either for ATT; the bootstrap takes their estimation into account.</remarks>
public static class WeightedEstimator
{
    private const string Name = "A weighted comparison";

    /// <summary>Estimates every measure asked for, with one fit for each that needs one.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="weights">Weights of its subjects.</param>
    /// <param name="requests">What is asked.</param>
    /// <param name="methodId">Name the estimates carry.</param>
    /// <param name="level">Confidence level, in (0, 1).</param>
    /// <exception cref="MeasureNotSupportedException">A measure does not go with the endpoint.</exception>
    /// <exception cref="EstimationFailedException">The data do not determine an estimate.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time passes the longest follow-up of an arm.</exception>
    public static IReadOnlyList<EffectEstimate> Estimate(
        TrialData trial, SubjectWeights weights, IReadOnlyList<MeasureRequest> requests, string methodId, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(requests);
        FollowUp.Require(trial, requests);
        return [.. requests.Select(One)];

        EffectEstimate One(MeasureRequest request)
        {
            var (value, standardError) = (trial.Outcome, request.Measure) switch
            {
                (SurvivalOutcome outcome, SummaryMeasure.HazardRatio) => HazardRatio(trial, outcome, weights, methodId),
                (SurvivalOutcome outcome, SummaryMeasure.RmstDifference) => RmstDifference(trial, outcome, weights, request),
                (SurvivalOutcome outcome, SummaryMeasure.SurvivalDifference) => SurvivalDifference(trial, outcome, weights, request),
                (BinaryOutcome outcome, SummaryMeasure.RiskDifference) => MeanDifference(trial, Numbers(outcome), weights),
                (BinaryOutcome outcome, SummaryMeasure.OddsRatio) => OddsRatio(trial, outcome, weights, methodId),
                (ContinuousOutcome outcome, SummaryMeasure.MeanDifference) => MeanDifference(trial, outcome.Values, weights),
                _ => throw new MeasureNotSupportedException(Name, request.Measure, trial.Outcome.Kind),
            };
            return WaldInterval.Estimate(methodId, request, request.TimeFor(trial.Outcome), value, standardError, level, "robust");
        }
    }

    internal static double[] Numbers(BinaryOutcome outcome) => [.. outcome.Occurred.Select(o => o ? 1.0 : 0.0)];

    private static (double Value, double StandardError) HazardRatio(TrialData trial, SurvivalOutcome outcome, SubjectWeights weights, string methodId)
    {
        var options = new CoxOptions { Weights = weights.Values, Robust = true, Clusters = weights.MatchedSets };
        var fit = CoxRegression.Fit(outcome.Days, outcome.HadEvent, ArmColumn(trial), options);
        return fit.Status == CoxStatus.Converged
            ? (fit.Coefficients[0], fit.StandardErrors[0])
            : throw new EstimationFailedException(methodId, fit.StatusSentence);
    }

    private static (double Value, double StandardError) RmstDifference(
        TrialData trial, SurvivalOutcome outcome, SubjectWeights weights, MeasureRequest request)
    {
        var contrast = SurvivalContrast.RestrictedMean(outcome.Days, outcome.HadEvent, trial.Treated, request.DaysFor(outcome), weights.Values);
        return (contrast.Difference, contrast.StandardError);
    }

    private static (double Value, double StandardError) SurvivalDifference(
        TrialData trial, SurvivalOutcome outcome, SubjectWeights weights, MeasureRequest request)
    {
        var contrast = SurvivalContrast.SurvivalAt(outcome.Days, outcome.HadEvent, trial.Treated, request.DaysFor(outcome), weights.Values);
        return (contrast.Difference, contrast.StandardError);
    }

    private static (double Value, double StandardError) MeanDifference(TrialData trial, double[] values, SubjectWeights weights)
    {
        var fit = LinearRegression.Fit(values, ArmColumn(trial), new LinearOptions { Weights = weights.Values, Clusters = weights.MatchedSets });
        var factor = weights.MatchedSets is null ? 1 : fit.ClusterFactor(weights.Values.Count(w => w > 0));
        return (fit.Coefficients[1], Math.Sqrt(factor * fit.RobustCovariance[3]));
    }

    private static (double Value, double StandardError) OddsRatio(TrialData trial, BinaryOutcome outcome, SubjectWeights weights, string methodId)
    {
        var options = new LogisticOptions { Weights = weights.Values, Clusters = weights.MatchedSets };
        var fit = LogisticRegression.Fit(Numbers(outcome), ArmColumn(trial), options);
        return fit.Status == RegressionStatus.Converged
            ? (fit.Coefficients[1], fit.RobustStandardErrors[1])
            : throw new EstimationFailedException(methodId, "In one arm every outcome is the same, so that there is no odds ratio.");
    }

    internal static RowMajorMatrix ArmColumn(TrialData trial) =>
        new(trial.Treated.Select(t => t ? 1.0 : 0.0).ToArray(), trial.Count, 1);
}
