using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>A Cox regression made ready for many fits of the same subjects with other weights: sorted, centred and scaled once.</summary>
/// <remarks>Holds the scratch memory of one fit: use one workspace a thread; <see cref="Fork"/> shares the sorted data.</remarks>
public sealed class CoxWorkspace
{
    private readonly CoxRiskSets _sets;
    private readonly CoxOptions _options;
    private readonly CoxLikelihood _likelihood;
    private readonly CoxNewton _newton;

    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="covariates">Shape [subjects, covariates], finite.</param>
    /// <param name="options">Null: Efron ties, no weights, strata, offsets or penalty.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    public CoxWorkspace(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, RowMajorMatrix covariates, CoxOptions? options = null)
        : this(new CoxRiskSets(times, events, covariates, options ?? new CoxOptions()), options ?? new CoxOptions())
    {
        CheckOptions(_options, _sets);
    }

    private CoxWorkspace(CoxRiskSets sets, CoxOptions options)
    {
        (_sets, _options) = (sets, options);
        _likelihood = new CoxLikelihood(sets, options.Ties);
        CheckPenalty(options.RidgePenalty, sets.CovariateCount);
        _newton = new CoxNewton(sets, _likelihood, options);
    }

    public int SubjectCount => _sets.SubjectCount;

    public int CovariateCount => _sets.CovariateCount;

    /// <summary>Another workspace over the same sorted data, for another thread.</summary>
    public CoxWorkspace Fork() => new(_sets, _options);

    /// <summary>Fits with the weights of the options.</summary>
    public CoxEstimate Fit() => Fit(_options.Weights ?? SurvivalInput.Ones(SubjectCount));

    /// <summary>Fits with other weights, for instance those of a bootstrap draw.</summary>
    /// <param name="weights">Shape [subjects], finite and not negative; a subject of weight zero is left out.</param>
    /// <exception cref="ArgumentException">A weight is out of range, or all are zero.</exception>
    public CoxEstimate Fit(ReadOnlySpan<double> weights)
    {
        var status = Maximise(weights);
        var covariance = Covariance(status);
        return new CoxEstimate
        {
            Coefficients = Coefficients(status),
            Covariance = covariance,
            RobustCovariance = WantsRobust ? RobustCovariance(status, DfBetas(status, covariance)) : null,
            LogLikelihood = _newton.LogLikelihood,
            NullLogLikelihood = _newton.NullLogLikelihood,
            ScoreTest = ScoreTest(status),
            IterationCount = _newton.IterationCount,
            Status = status,
            StatusColumn = _newton.StatusColumn,
        };
    }

    /// <summary>Fits with the weights of the options, with everything the fit can tell.</summary>
    internal CoxFit FitInFull()
    {
        var status = Maximise(_options.Weights ?? SurvivalInput.Ones(SubjectCount));
        var coefficients = Coefficients(status);
        var covariance = Covariance(status);
        var dfBetas = WantsRobust ? DfBetas(status, covariance) : (RowMajorMatrix?)null;
        var robust = dfBetas is { } influences ? RobustCovariance(status, influences) : (RowMajorMatrix?)null;
        var means = CoxBaseline.WeightedMeans(_sets, _likelihood);
        return new CoxFit
        {
            Coefficients = coefficients,
            Covariance = covariance,
            RobustCovariance = robust,
            LogLikelihood = _newton.LogLikelihood,
            NullLogLikelihood = _newton.NullLogLikelihood,
            ScoreTest = ScoreTest(status),
            WaldTest = CoxWald.Test(coefficients, robust ?? covariance),
            IterationCount = _newton.IterationCount,
            Status = status,
            StatusColumn = _newton.StatusColumn,
            Means = means,
            Baselines = CoxBaseline.Hazards(_sets, _likelihood, coefficients, means),
            MartingaleResiduals = CoxResiduals.Martingale(_sets, _likelihood),
            DfBetas = dfBetas,
        };
    }

    private bool WantsRobust => _options.Robust || _options.Clusters is not null;

    private CoxStatus Maximise(ReadOnlySpan<double> weights)
    {
        SurvivalInput.CheckWeights(weights, SubjectCount);
        for (var i = 0; i < weights.Length; i++)
        {
            _likelihood.Weights[i] = weights[_sets.Order[i]];
        }

        return _newton.Run();
    }

    private double[] Coefficients(CoxStatus status)
    {
        var coefficients = new double[CovariateCount];
        for (var j = 0; j < coefficients.Length; j++)
        {
            coefficients[j] = IsUnfitted(status, j) ? double.NaN : _newton.Coefficients[j] / _sets.Scales[j];
        }

        return coefficients;
    }

    private RowMajorMatrix Covariance(CoxStatus status)
    {
        var covariance = _newton.Factor.Inverse();
        for (var i = 0; i < CovariateCount; i++)
        {
            for (var j = 0; j < CovariateCount; j++)
            {
                covariance[(i * CovariateCount) + j] = IsUnfitted(status, i) || IsUnfitted(status, j)
                    ? double.NaN
                    : covariance[(i * CovariateCount) + j] / (_sets.Scales[i] * _sets.Scales[j]);
            }
        }

        return new RowMajorMatrix(covariance, CovariateCount, CovariateCount);
    }

    private RowMajorMatrix DfBetas(CoxStatus status, RowMajorMatrix covariance) => status == CoxStatus.NoEvents
        ? new RowMajorMatrix(new double[SubjectCount * CovariateCount], SubjectCount, CovariateCount)
        : CoxResiduals.DfBeta(_sets, _likelihood, covariance);

    private RowMajorMatrix RobustCovariance(CoxStatus status, RowMajorMatrix dfBetas) => status == CoxStatus.NoEvents
        ? Covariance(status)
        : CoxResiduals.Sandwich(_sets, _likelihood, dfBetas, _options.Clusters);

    private ChiSquaredTest ScoreTest(CoxStatus status) => status == CoxStatus.NoEvents
        ? new ChiSquaredTest(double.NaN, 0)
        : new ChiSquaredTest(_newton.ScoreStatistic, CovariateCount - _newton.Factor.IsAside.Count(aside => aside));

    private bool IsUnfitted(CoxStatus status, int column) => status == CoxStatus.NoEvents || _newton.Factor.IsAside[column];

    private static void CheckOptions(CoxOptions options, CoxRiskSets sets)
    {
        if (options.Weights is { } weights)
        {
            SurvivalInput.CheckWeights(weights, sets.SubjectCount, nameof(CoxOptions.Weights));
        }

        if (options.Clusters is { } clusters)
        {
            SurvivalInput.CheckLength(sets.SubjectCount, clusters.Length, nameof(CoxOptions.Clusters));
        }

        if (options.MaxIterations < 1 || !(options.Tolerance > 0))
        {
            throw new ArgumentOutOfRangeException(
                nameof(options),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"MaxIterations is {options.MaxIterations} and Tolerance {options.Tolerance}; both must be positive."));
        }
    }

    private static void CheckPenalty(double[]? penalty, int covariateCount)
    {
        if (penalty is not null)
        {
            SurvivalInput.CheckFinite(penalty, covariateCount, "ridge penalty", nameof(CoxOptions.RidgePenalty));
            if (penalty.Any(value => value < 0))
            {
                throw new ArgumentException("A ridge penalty is negative.", nameof(penalty));
            }
        }
    }
}
