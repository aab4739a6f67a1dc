using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Penalized.Learners;

/// <summary>Ridge Cox regression; the baseline is the cumulative hazard on the model's grid [Verweij1994].</summary>
/// <param name="outcome">Follow-up of every subject of the trial.</param>
/// <param name="gridDays">Grid of the forecasts, ascending from 0.</param>
internal sealed class CoxLearner(SurvivalOutcome outcome, double[] gridDays) : IPenalizedLearner
{
    // Far below the spread of the members, and one Newton step fewer than the default for each of hundreds of fits.
    private const double Tolerance = 1e-9;

    public PenalizedFit Fit(int[] rows, RowMajorMatrix design, double[] weights, double[] offsets, double[] penalties)
    {
        var times = new double[rows.Length];
        var events = new bool[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            times[i] = outcome.Days[rows[i]];
            events[i] = outcome.HadEvent[rows[i]];
        }

        var options = new CoxOptions { Weights = weights, Offsets = offsets, RidgePenalty = penalties, Tolerance = Tolerance };
        var fit = CoxRegression.Fit(times, events, design, options);
        // A covariate that does not vary among the rows at hand (a rare level in a bootstrap sample) carries no coefficient.
        if (fit.Status is not (CoxStatus.Converged or CoxStatus.SingularCovariates))
        {
            throw new TwinTrainingException($"A twin's Cox model could not be fitted: {fit.StatusSentence} Use fewer covariates or a wider population.");
        }

        // The fit's baseline belongs to a subject at the covariate means; the model wants linear predictor 0.
        var coefficients = new double[penalties.Length];
        double atMeans = 0, effective = 0, penalty = 0;
        for (var j = 0; j < penalties.Length; j++)
        {
            if (double.IsNaN(fit.Coefficients[j]))
            {
                continue;
            }

            coefficients[j] = fit.Coefficients[j];
            atMeans += coefficients[j] * fit.Means[j];
            effective += 1 - (penalties[j] * fit.Covariance[j, j]);
            penalty += 0.5 * penalties[j] * coefficients[j] * coefficients[j];
        }

        var ratio = Math.Exp(-atMeans);
        var baseline = fit.BaselineHazard();
        var hazard = new double[gridDays.Length];
        for (var t = 1; t < hazard.Length; t++)
        {
            hazard[t] = baseline.At(gridDays[t]) * ratio;
        }

        return new PenalizedFit(coefficients, new OutcomeBaseline(hazard, 0, 0), fit.LogLikelihood + penalty, effective);
    }
}
