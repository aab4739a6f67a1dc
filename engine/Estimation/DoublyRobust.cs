using DigitalTwin.Numerics.Regression;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Which variables the two models of <see cref="DoublyRobust"/> use; null = every covariate of the trial.</summary>
public sealed record DoublyRobustOptions
{
    public static DoublyRobustOptions Default { get; } = new();

    public IReadOnlyList<string>? PropensityCovariates { get; init; }

    public IReadOnlyList<string>? OutcomeCovariates { get; init; }

    /// <summary>Divide the weighted residuals by the sum of their weights (Hajek) and not by the size of the population (Horvitz-Thompson).</summary>
    public bool Normalise { get; init; } = true;

    /// <summary>Confidence level, in (0, 1).</summary>
    public double Level { get; init; } = 0.95;
}

/// <summary>Augmented inverse probability weighting: an outcome model for each arm, corrected by the weighted residuals; right when either model is.</summary>
/// <remarks>Source: [Robins1994], [Hahn1998] for the treated. Standard errors from the influence function. Survival differences and restricted means take
/// pseudo-observations for the outcome [Andersen2003]. Gives no hazard ratio.</remarks>
public static class DoublyRobust
{
    /// <summary>Whether the estimator gives this measure.</summary>
    public static bool Supports(SummaryMeasure measure) => measure != SummaryMeasure.HazardRatio;

    /// <summary>Estimates every measure asked for; they share one propensity model.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="population">ATT or ATE.</param>
    /// <param name="requests">What is asked.</param>
    /// <param name="methodId">Name the estimates carry.</param>
    /// <param name="options">Variables of the models, normalisation, level.</param>
    /// <exception cref="ArgumentException">The population is ATO.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time passes the longest follow-up of an arm.</exception>
    /// <exception cref="MeasureNotSupportedException">A measure does not go with the endpoint.</exception>
    /// <exception cref="EstimationFailedException">A model cannot be fitted.</exception>
    public static IReadOnlyList<EffectEstimate> Estimate(
        TrialData trial, EstimandPopulation population, IReadOnlyList<MeasureRequest> requests, string methodId, DoublyRobustOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(requests);
        FollowUp.Require(trial, requests);
        if (population == EstimandPopulation.Ato)
        {
            throw new ArgumentException("The doubly robust estimator speaks for ATT or ATE, not for the overlap population.", nameof(population));
        }

        options ??= DoublyRobustOptions.Default;
        var scores = Scores(trial, methodId, options);
        return [.. requests.Select(One)];

        EffectEstimate One(MeasureRequest request)
        {
            var outcomes = Outcomes(trial, request);
            var isBinary = trial.Outcome is BinaryOutcome;
            var means = AugmentedMeans.Of(
                trial.Treated,
                outcomes,
                scores,
                Predictions(trial, outcomes, isBinary, arm: true, methodId, options),
                Predictions(trial, outcomes, isBinary, arm: false, methodId, options),
                population,
                options.Normalise);
            var (value, standardError) = request.Measure == SummaryMeasure.OddsRatio ? means.LogOddsRatio() : means.Difference();
            return WaldInterval.Estimate(methodId, request, request.TimeFor(trial.Outcome), value, standardError, options.Level, "influence function");
        }
    }

    private static double[] Outcomes(TrialData trial, MeasureRequest request) => (trial.Outcome, request.Measure) switch
    {
        (SurvivalOutcome outcome, SummaryMeasure.RmstDifference or SummaryMeasure.SurvivalDifference) =>
            PseudoObservations.Of(trial, outcome, request.Measure, request.DaysFor(outcome)),
        (BinaryOutcome outcome, SummaryMeasure.RiskDifference or SummaryMeasure.OddsRatio) => WeightedEstimator.Numbers(outcome),
        (ContinuousOutcome outcome, SummaryMeasure.MeanDifference) => outcome.Values,
        _ => throw new MeasureNotSupportedException("The doubly robust estimator", request.Measure, trial.Outcome.Kind),
    };

    private static double[] Scores(TrialData trial, string methodId, DoublyRobustOptions options)
    {
        double[] labels = [.. trial.Treated.Select(t => t ? 1.0 : 0.0)];
        var fit = LogisticRegression.Fit(labels, TrialColumns.Covariates(trial, options.PropensityCovariates));
        return fit.Status == RegressionStatus.Converged
            ? fit.Probabilities
            : throw new EstimationFailedException(methodId, "The covariates tell treated and control apart, so that there is no propensity score.");
    }

    /// <summary>Predictions for every subject by the outcome model of one arm, shape [subjects].</summary>
    private static double[] Predictions(TrialData trial, double[] outcomes, bool isBinary, bool arm, string methodId, DoublyRobustOptions options)
    {
        var covariates = TrialColumns.Covariates(trial, options.OutcomeCovariates);
        double[] weights = [.. trial.Treated.Select(t => t == arm ? 1.0 : 0.0)];
        if (!isBinary)
        {
            return LinearRegression.Fit(outcomes, covariates, new LinearOptions { Weights = weights }).Fitted;
        }

        var fit = LogisticRegression.Fit(outcomes, covariates, new LogisticOptions { Weights = weights });
        return fit.Status == RegressionStatus.Converged
            ? fit.Probabilities
            : throw new EstimationFailedException(methodId, "The covariates tell the outcomes apart, so that the outcome model cannot be fitted.");
    }
}
