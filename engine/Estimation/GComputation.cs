using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Standardisation: an outcome model for each arm predicts every subject of the target population under both arms; the averages
/// are compared. Made for the bootstrap, which gives its standard errors (<see cref="BootstrapInference"/>).</summary>
/// <remarks>Source: [Robins1986], [Snowden2011]. The models (linear, logistic, Cox with Breslow baseline) are fitted apart in each arm, so that
/// the effect may vary with every covariate. Target: treated (ATT) or all (ATE). The hazard ratio is the one a Cox regression tends to in a large trial with the two averaged curves.</remarks>
public sealed class GComputation : IResampledEstimator
{
    private readonly TrialData _trial;
    private readonly EstimandPopulation _population;
    private readonly IReadOnlyList<MeasureRequest> _requests;
    private readonly RowMajorMatrix _covariates;

    /// <param name="trial">The trial.</param>
    /// <param name="population">ATT or ATE.</param>
    /// <param name="requests">What is asked; any measure that goes with the endpoint.</param>
    /// <param name="covariates">Variables of the outcome model; null = every covariate of the trial.</param>
    /// <exception cref="ArgumentException">The population is ATO, or a covariate is not there.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A time passes the longest follow-up of an arm.</exception>
    public GComputation(
        TrialData trial, EstimandPopulation population, IReadOnlyList<MeasureRequest> requests, IReadOnlyList<string>? covariates = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(requests);
        FollowUp.Require(trial, requests);
        if (population == EstimandPopulation.Ato)
        {
            throw new ArgumentException("Standardisation speaks for ATT or ATE, not for the overlap population.", nameof(population));
        }

        (_trial, _population, _requests) = (trial, population, requests);
        _covariates = TrialColumns.Covariates(trial, covariates);
    }

    public bool TryEstimate(ReadOnlySpan<double> counts, Span<double> values)
    {
        switch (_trial.Outcome)
        {
            case SurvivalOutcome outcome:
                return TryCompareCurves(outcome, counts, values);
            case BinaryOutcome outcome:
                return TryCompareMeans(WeightedEstimator.Numbers(outcome), isBinary: true, counts, values);
            case ContinuousOutcome outcome:
                return TryCompareMeans(outcome.Values, isBinary: false, counts, values);
            default:
                return false;
        }
    }

    private bool TryCompareMeans(double[] outcomes, bool isBinary, ReadOnlySpan<double> counts, Span<double> values)
    {
        if (Mean(outcomes, isBinary, arm: true, counts) is not { } treated || Mean(outcomes, isBinary, arm: false, counts) is not { } control)
        {
            return false;
        }

        for (var r = 0; r < _requests.Count; r++)
        {
            values[r] = (_requests[r].Measure, isBinary) switch
            {
                (SummaryMeasure.RiskDifference, true) or (SummaryMeasure.MeanDifference, false) => treated - control,
                (SummaryMeasure.OddsRatio, true) => Math.Log(treated / (1 - treated)) - Math.Log(control / (1 - control)),
                _ => throw new MeasureNotSupportedException("Standardisation", _requests[r].Measure, _trial.Outcome.Kind),
            };
        }

        return true;
    }

    /// <summary>Average prediction over the target population by the model of one arm; null when the model cannot be fitted.</summary>
    private double? Mean(double[] outcomes, bool isBinary, bool arm, ReadOnlySpan<double> counts)
    {
        var weights = ArmCounts(counts, arm);
        double[] coefficients;
        if (isBinary)
        {
            var fit = LogisticRegression.Fit(outcomes, _covariates, new LogisticOptions { Weights = weights });
            if (fit.Status != RegressionStatus.Converged)
            {
                return null;
            }

            coefficients = fit.Coefficients;
        }
        else
        {
            coefficients = LinearRegression.Fit(outcomes, _covariates, new LinearOptions { Weights = weights }).Coefficients;
        }

        double sum = 0;
        double size = 0;
        for (var i = 0; i < _trial.Count; i++)
        {
            var share = TargetCount(counts, i);
            if (share > 0)
            {
                var predictor = Predictor(coefficients[0], coefficients.AsSpan(1), i);
                sum += share * (isBinary ? 1 / (1 + Math.Exp(-predictor)) : predictor);
                size += share;
            }
        }

        return sum / size;
    }

    private bool TryCompareCurves(SurvivalOutcome outcome, ReadOnlySpan<double> counts, Span<double> values)
    {
        if (Curve(outcome, arm: true, counts) is not { } treated || Curve(outcome, arm: false, counts) is not { } control)
        {
            return false;
        }

        for (var r = 0; r < _requests.Count; r++)
        {
            var day = _requests[r].DaysFor(outcome);
            values[r] = _requests[r].Measure switch
            {
                SummaryMeasure.HazardRatio => StandardisedCurve.LogHazardRatio(treated, control, outcome.Horizon.Days),
                SummaryMeasure.RmstDifference => treated.Area(day) - control.Area(day),
                SummaryMeasure.SurvivalDifference => treated.At(day) - control.At(day),
                _ => throw new MeasureNotSupportedException("Standardisation", _requests[r].Measure, EndpointKind.TimeToEvent),
            };
        }

        return true;
    }

    /// <summary>Average survival curve of the target population by the Cox model of one arm; null when the model cannot be fitted.</summary>
    private StandardisedCurve? Curve(SurvivalOutcome outcome, bool arm, ReadOnlySpan<double> counts)
    {
        var options = new CoxOptions { Weights = ArmCounts(counts, arm), Ties = TieHandling.Breslow };
        var fit = CoxRegression.Fit(outcome.Days, outcome.HadEvent, _covariates, options);
        if (fit.Status is not (CoxStatus.Converged or CoxStatus.SingularCovariates))
        {
            return null;
        }

        var (times, hazards) = Steps(fit.BaselineHazard());
        var survival = new double[times.Length];
        double size = 0;
        for (var i = 0; i < _trial.Count; i++)
        {
            var share = TargetCount(counts, i);
            if (share > 0)
            {
                size += share;
                var relativeHazard = Math.Exp(fit.LinearPredictor(_covariates.Row(i)));
                for (var t = 0; t < survival.Length; t++)
                {
                    survival[t] += share * Math.Exp(-hazards[t] * relativeHazard);
                }
            }
        }

        return new StandardisedCurve(times, [.. survival.Select(s => s / size)]);
    }

    /// <summary>The times at which the hazard rises: at the others the curve stands still.</summary>
    private static (double[] Times, double[] CumulativeHazard) Steps(BaselineHazard baseline)
    {
        var hazard = baseline.CumulativeHazard;
        int[] rises = [.. Enumerable.Range(0, hazard.Length).Where(t => hazard[t] > (t == 0 ? 0 : hazard[t - 1]))];
        return ([.. rises.Select(t => baseline.Times[t])], [.. rises.Select(t => hazard[t])]);
    }

    private double Predictor(double intercept, ReadOnlySpan<double> coefficients, int subject)
    {
        var row = _covariates.Row(subject);
        var predictor = intercept;
        for (var j = 0; j < row.Length; j++)
        {
            predictor += coefficients[j] * row[j];
        }

        return predictor;
    }

    private double[] ArmCounts(ReadOnlySpan<double> counts, bool arm)
    {
        var weights = new double[counts.Length];
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = _trial.Treated[i] == arm ? counts[i] : 0;
        }

        return weights;
    }

    private double TargetCount(ReadOnlySpan<double> counts, int subject) =>
        _population == EstimandPopulation.Ate || _trial.Treated[subject] ? counts[subject] : 0;
}
