using DigitalTwin.Numerics.Regression;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>How the propensity score, the probability of standing in the treated arm, is modelled.</summary>
public sealed record PropensityOptions
{
    /// <summary>Variables of the model; null = every covariate of the trial.</summary>
    public IReadOnlyList<string>? Covariates { get; init; }

    /// <summary>Ridge penalty on the standardised coefficients; 0 = none. A positive penalty makes separated data fit.</summary>
    public double RidgePenalty { get; init; }

    /// <summary>Fraction of treated allowed outside the scores of the control before the method refuses.</summary>
    public double MaximumShareOutsideSupport { get; init; } = 0.5;

    /// <summary>Go on, with a warning, where overlap is too poor.</summary>
    public bool AllowPoorOverlap { get; init; }
}

/// <summary>A logistic model of who was treated.</summary>
internal static class PropensityModel
{
    /// <summary>Fits the scores.</summary>
    /// <returns>Scores, shape [subjects], and a warning for covariates that add nothing to the others.</returns>
    /// <exception cref="SeparationException">Covariates tell the arms apart.</exception>
    /// <exception cref="NoOverlapException">The arms have too little in common and the options do not allow it.</exception>
    public static (double[] Scores, IReadOnlyList<StudyWarning> Warnings) Fit(TrialData trial, string methodId, PropensityOptions options)
    {
        var selection = CovariateSelection.Of(trial, options.Covariates);
        var fit = LogisticRegression.Fit(Labels(trial), selection.Matrix, new LogisticOptions { RidgePenalty = options.RidgePenalty });
        if (fit.Status != RegressionStatus.Converged)
        {
            var columns = fit.SeparatingColumns.Count > 0 ? fit.SeparatingColumns : [.. Enumerable.Range(0, selection.Columns.Count)];
            throw new SeparationException(methodId, [.. columns.Select(selection.Name)]);
        }

        var overlap = OverlapAssessment.Of(fit.Probabilities, trial.Treated);
        if (!options.AllowPoorOverlap && overlap.ShareOfTreatedOutsideSupport > options.MaximumShareOutsideSupport)
        {
            throw new NoOverlapException(methodId, overlap);
        }

        return (fit.Probabilities, fit.AliasedColumns.Count == 0 ? [] : [Aliased(methodId, fit.AliasedColumns.Select(selection.Name))]);
    }

    /// <summary>The model made ready for refits under other weights.</summary>
    public static LogisticWorkspace CreateWorkspace(TrialData trial, PropensityOptions options) =>
        new(CovariateSelection.Of(trial, options.Covariates).Matrix, Labels(trial), new LogisticOptions { RidgePenalty = options.RidgePenalty });

    private static StudyWarning Aliased(string methodId, IEnumerable<string> columns) => new(
        "aliased-covariates",
        $"The propensity model leaves out what does not vary or follows from other covariates: {string.Join(", ", columns)}.",
        methodId);

    private static double[] Labels(TrialData trial) => [.. trial.Treated.Select(t => t ? 1.0 : 0.0)];
}
