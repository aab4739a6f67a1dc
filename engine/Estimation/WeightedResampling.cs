using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>A weighted comparison made ready for the bootstrap: the weights are computed again for every resample, then the measures of
/// <see cref="WeightedEstimator"/>. Sorts once and allocates nothing that grows with the number of subjects.</summary>
public sealed class WeightedResampling : IResampledEstimator
{
    private readonly TrialData _trial;
    private readonly IReadOnlyList<MeasureRequest> _requests;
    private readonly IReweighter _reweighter;
    private readonly double[] _weights;
    private readonly CoxWorkspace? _cox;
    private readonly WeightedCurves? _curves;
    private readonly double[]? _numbers;

    /// <param name="trial">The trial.</param>
    /// <param name="requests">What is asked.</param>
    /// <param name="reweighter">Weights of a method; one of its own for every resampling.</param>
    /// <exception cref="ArgumentOutOfRangeException">A time passes the longest follow-up of an arm.</exception>
    /// <exception cref="MeasureNotSupportedException">A measure does not go with the endpoint.</exception>
    public WeightedResampling(TrialData trial, IReadOnlyList<MeasureRequest> requests, IReweighter reweighter)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(requests);
        FollowUp.Require(trial, requests);
        (_trial, _requests, _reweighter) = (trial, requests, reweighter);
        _weights = new double[trial.Count];
        switch (trial.Outcome)
        {
            case SurvivalOutcome outcome:
                _cox = new CoxWorkspace(outcome.Days, outcome.HadEvent, WeightedEstimator.ArmColumn(trial));
                _curves = new WeightedCurves(outcome.Days, outcome.HadEvent, trial.Treated);
                break;
            case BinaryOutcome outcome:
                _numbers = WeightedEstimator.Numbers(outcome);
                break;
            case ContinuousOutcome outcome:
                _numbers = outcome.Values;
                break;
        }
    }

    public bool TryEstimate(ReadOnlySpan<double> counts, Span<double> values)
    {
        if (!_reweighter.TryReweigh(counts, _weights) || !HasWeight(true) || !HasWeight(false))
        {
            return false;
        }

        for (var r = 0; r < _requests.Count; r++)
        {
            var request = _requests[r];
            values[r] = (_trial.Outcome, request.Measure) switch
            {
                (SurvivalOutcome, SummaryMeasure.HazardRatio) => LogHazardRatio(),
                (SurvivalOutcome outcome, SummaryMeasure.RmstDifference) => _curves!.RestrictedMeanDifference(_weights, request.DaysFor(outcome)),
                (SurvivalOutcome outcome, SummaryMeasure.SurvivalDifference) => _curves!.SurvivalDifference(_weights, request.DaysFor(outcome)),
                (BinaryOutcome, SummaryMeasure.RiskDifference) => Mean(true) - Mean(false),
                (BinaryOutcome, SummaryMeasure.OddsRatio) => LogOdds(Mean(true)) - LogOdds(Mean(false)),
                (ContinuousOutcome, SummaryMeasure.MeanDifference) => Mean(true) - Mean(false),
                _ => throw new MeasureNotSupportedException("A weighted comparison", request.Measure, _trial.Outcome.Kind),
            };
        }

        return true;
    }

    private bool HasWeight(bool arm)
    {
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_trial.Treated[i] == arm && _weights[i] > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static double LogOdds(double risk) => Math.Log(risk / (1 - risk));

    private double LogHazardRatio()
    {
        var fit = _cox!.Fit(_weights);
        return fit.Status == CoxStatus.Converged ? fit.Coefficients[0] : double.NaN;
    }

    private double Mean(bool arm)
    {
        double sum = 0;
        double total = 0;
        for (var i = 0; i < _weights.Length; i++)
        {
            if (_trial.Treated[i] == arm)
            {
                sum += _weights[i];
                total += _weights[i] * _numbers![i];
            }
        }

        return total / sum;
    }
}
