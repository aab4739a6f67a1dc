using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>A fitted Cox regression: coefficients, baseline hazard and residuals.</summary>
public sealed record CoxFit : CoxEstimate
{
    /// <summary>Weighted mean of each covariate, shape [covariates]; the baseline hazard is that of a subject at the means with offset zero.
    /// R centres so with <c>nocenter = NULL</c>.</summary>
    public required double[] Means { get; init; }

    /// <summary>Baseline hazard of each stratum, in ascending order of its label.</summary>
    public required IReadOnlyList<BaselineHazard> Baselines { get; init; }

    /// <summary>Observed less expected events of each subject, shape [subjects], not weighted.</summary>
    public required double[] MartingaleResiduals { get; init; }

    /// <summary>Change of each coefficient that one unit of each subject's weight makes, shape [subjects, covariates]; not weighted.
    /// Null when no robust variance was asked for: they are what it is made of.</summary>
    public RowMajorMatrix? DfBetas { get; init; }

    /// <summary>Wald statistic of all coefficients being zero, by the covariance that <see cref="CoxEstimate.StandardErrors"/> uses.</summary>
    public required ChiSquaredTest WaldTest { get; init; }

    /// <summary>Twice the rise of the log likelihood over zero coefficients.</summary>
    public ChiSquaredTest LikelihoodRatioTest =>
        new(2 * (LogLikelihood - NullLogLikelihood), Coefficients.Count(double.IsFinite));

    /// <summary>Baseline hazard of one stratum, at the covariate means.</summary>
    /// <exception cref="ArgumentOutOfRangeException">No such stratum in the data.</exception>
    public BaselineHazard BaselineHazard(int stratum = 0)
    {
        foreach (var baseline in Baselines)
        {
            if (baseline.Stratum == stratum)
            {
                return baseline;
            }
        }

        throw new ArgumentOutOfRangeException(nameof(stratum), stratum, "No subject was in this stratum.");
    }

    /// <summary>Log hazard ratio of a subject to one at the covariate means.</summary>
    /// <param name="covariates">Shape [covariates].</param>
    /// <exception cref="ArgumentException">Another number of covariates.</exception>
    public double LinearPredictor(ReadOnlySpan<double> covariates)
    {
        if (covariates.Length != Coefficients.Length)
        {
            throw new ArgumentException($"{covariates.Length} covariates for {Coefficients.Length} coefficients.", nameof(covariates));
        }

        var sum = 0.0;
        for (var j = 0; j < covariates.Length; j++)
        {
            // An aliased covariate adds nothing of its own.
            sum += double.IsNaN(Coefficients[j]) ? 0 : Coefficients[j] * (covariates[j] - Means[j]);
        }

        return sum;
    }

    /// <summary>Linear predictor of each row.</summary>
    public double[] LinearPredictors(RowMajorMatrix covariates)
    {
        var predictors = new double[covariates.RowCount];
        for (var i = 0; i < predictors.Length; i++)
        {
            predictors[i] = LinearPredictor(covariates.Row(i));
        }

        return predictors;
    }

    /// <summary>Probability that a subject has had no event by each time.</summary>
    /// <param name="covariates">Shape [covariates].</param>
    /// <param name="times">In the unit of the fit; after the last time of the fit the curve stays flat.</param>
    /// <param name="stratum">Stratum of the subject.</param>
    public double[] PredictSurvival(ReadOnlySpan<double> covariates, ReadOnlySpan<double> times, int stratum = 0)
    {
        var baseline = BaselineHazard(stratum);
        var relativeHazard = Math.Exp(LinearPredictor(covariates));
        var survival = new double[times.Length];
        for (var t = 0; t < survival.Length; t++)
        {
            survival[t] = Math.Exp(-relativeHazard * baseline.At(times[t]));
        }

        return survival;
    }
}
