using DigitalTwin.Numerics.Survival;

namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Cox regression: minus the log partial likelihood. It has no intercept.</summary>
/// <remarks>Ties as Efron or Breslow; weighted tied events count with their mean weight, as R's coxph. Everything, the product with the second
/// derivatives too, is one walk over the sorted subjects. Sources: [Cox1972], [Efron1977], [Therneau2000] chapter 3.</remarks>
public sealed class PartialLikelihoodLoss : PredictorLoss
{
    private readonly TieHandling _ties;
    private readonly double[] _times;
    private readonly double[] _weights;
    private readonly bool[] _isEvent;
    private readonly int[] _order;

    /// <summary>Where each time starts in the sorted subjects, latest time first, events of a time before those censored; one more at the end.</summary>
    private readonly int[] _groupStarts;
    private readonly int[] _eventEnds;
    private readonly double[] _risks;
    private readonly double[] _hazards;
    private readonly double[] _eventHazards;
    private readonly double[] _riskSums;
    private readonly double[] _eventRisks;
    private readonly double[] _eventWeights;

    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="weights">Shape [subjects], or null for 1 each. A subject of weight 0 is as if it were not there.</param>
    /// <param name="ties">Treatment of tied event times.</param>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    public PartialLikelihoodLoss(double[] times, bool[] events, double[]? weights = null, TieHandling ties = TieHandling.Efron)
    {
        ArgumentNullException.ThrowIfNull(times);
        ArgumentNullException.ThrowIfNull(events);
        SurvivalInput.CheckFollowUp(times, events);
        _ties = ties;
        _times = times;
        _weights = WeightsOf(weights, times.Length);
        _isEvent = [.. events.Select((e, i) => e && _weights[i] > 0)];
        _order = [.. Enumerable.Range(0, times.Length).OrderByDescending(i => times[i]).ThenByDescending(i => _isEvent[i]).ThenBy(i => i)];
        var starts = new List<int>();
        var ends = new List<int>();
        for (var p = 0; p < _order.Length; p++)
        {
            if (p == 0 || times[_order[p]] != times[_order[p - 1]])
            {
                starts.Add(p);
                ends.Add(p);
            }

            ends[^1] += _isEvent[_order[p]] ? 1 : 0;
        }

        _groupStarts = [.. starts, times.Length];
        _eventEnds = [.. ends];
        _risks = new double[times.Length];
        _hazards = new double[ends.Count];
        _eventHazards = new double[ends.Count];
        _riskSums = new double[ends.Count];
        _eventRisks = new double[ends.Count];
        _eventWeights = new double[ends.Count];
    }

    public override int SubjectCount => _times.Length;

    public override int PredictorCount => 1;

    public override int ParameterCount => 0;

    public override double[] StartParameters() => [];

    public override double Evaluate(ReadOnlySpan<double> predictors, ReadOnlySpan<double> parameters)
    {
        // The partial likelihood does not change when a constant is taken off; without the largest nothing overflows.
        var largest = double.NegativeInfinity;
        foreach (var predictor in predictors)
        {
            largest = Math.Max(largest, predictor);
        }

        for (var i = 0; i < predictors.Length; i++)
        {
            _risks[i] = _weights[i] * Math.Exp(predictors[i] - largest);
        }

        double loss = 0, riskSum = 0;
        for (var g = 0; g < _eventEnds.Length; g++)
        {
            double eventRisk = 0, eventWeight = 0;
            for (var p = _groupStarts[g]; p < _groupStarts[g + 1]; p++)
            {
                var i = _order[p];
                riskSum += _risks[i];
                if (p < _eventEnds[g])
                {
                    eventRisk += _risks[i];
                    eventWeight += _weights[i];
                    loss -= _weights[i] * (predictors[i] - largest);
                }
            }

            (_riskSums[g], _eventRisks[g], _eventWeights[g]) = (riskSum, eventRisk, eventWeight);
            loss += AddHazard(g);
        }

        return double.IsFinite(loss) ? loss : double.PositiveInfinity;
    }

    public override void Gradient(Span<double> predictorGradient, Span<double> parameterGradient)
    {
        var hazard = 0.0;
        for (var g = _eventEnds.Length - 1; g >= 0; g--)
        {
            var ofEvents = hazard + _eventHazards[g];
            hazard += _hazards[g];
            for (var p = _groupStarts[g]; p < _groupStarts[g + 1]; p++)
            {
                var i = _order[p];
                predictorGradient[i] = p < _eventEnds[g] ? (_risks[i] * ofEvents) - _weights[i] : _risks[i] * hazard;
            }
        }
    }

    public override void Curvature(
        ReadOnlySpan<double> predictorStep, ReadOnlySpan<double> parameterStep, Span<double> predictorImage, Span<double> parameterImage)
    {
        // Latest time first: by how much each time's hazard falls; kept in the image of the first subject of the time until it is used.
        var groups = _eventEnds.Length;
        var falls = new double[groups];
        var eventFalls = new double[groups];
        var sum = 0.0;
        for (var g = 0; g < groups; g++)
        {
            var ofEvents = 0.0;
            for (var p = _groupStarts[g]; p < _groupStarts[g + 1]; p++)
            {
                var i = _order[p];
                sum += _risks[i] * predictorStep[i];
                ofEvents += p < _eventEnds[g] ? _risks[i] * predictorStep[i] : 0;
            }

            (falls[g], eventFalls[g]) = Fall(g, sum, ofEvents);
        }

        double hazard = 0, fall = 0;
        for (var g = groups - 1; g >= 0; g--)
        {
            var (ofEvents, eventFall) = (hazard + _eventHazards[g], fall + eventFalls[g]);
            hazard += _hazards[g];
            fall += falls[g];
            for (var p = _groupStarts[g]; p < _groupStarts[g + 1]; p++)
            {
                var i = _order[p];
                predictorImage[i] = p < _eventEnds[g]
                    ? _risks[i] * ((ofEvents * predictorStep[i]) - eventFall)
                    : _risks[i] * ((hazard * predictorStep[i]) - fall);
            }
        }
    }

    /// <summary>Events: what the second derivative sums to when risk sets are large.</summary>
    public override double[] TotalCurvatures()
    {
        var total = 0.0;
        for (var i = 0; i < _weights.Length; i++)
        {
            total += _isEvent[i] ? _weights[i] : 0;
        }

        return [total];
    }

    /// <summary>Cumulative hazard of a subject with predictor 0, from the given predictors: ascending event times and the hazard at and after each.</summary>
    public BaselineHazard Baseline(ReadOnlySpan<double> predictors)
    {
        if (!double.IsFinite(Evaluate(predictors, [])))
        {
            throw new ArgumentException("The predictors overflow the partial likelihood.", nameof(predictors));
        }

        var largest = double.NegativeInfinity;
        foreach (var predictor in predictors)
        {
            largest = Math.Max(largest, predictor);
        }

        var times = new List<double>();
        var hazards = new List<double>();
        var sum = 0.0;
        for (var g = _eventEnds.Length - 1; g >= 0; g--)
        {
            if (_hazards[g] > 0)
            {
                sum += _hazards[g] * Math.Exp(-largest);
                times.Add(_times[_order[_groupStarts[g]]]);
                hazards.Add(sum);
            }
        }

        return new BaselineHazard(0, [.. times], [.. hazards]);
    }

    private int Tied(int g) => _eventEnds[g] - _groupStarts[g];

    private double AddHazard(int g)
    {
        (_hazards[g], _eventHazards[g]) = (0, 0);
        var tied = Tied(g);
        if (tied == 0)
        {
            return 0;
        }

        if (tied == 1 || _ties == TieHandling.Breslow)
        {
            _hazards[g] = _eventHazards[g] = _eventWeights[g] / _riskSums[g];
            return _eventWeights[g] * Math.Log(_riskSums[g]);
        }

        var loss = 0.0;
        var weight = _eventWeights[g] / tied;
        for (var k = 0; k < tied; k++)
        {
            var left = (double)k / tied;
            var denominator = _riskSums[g] - (left * _eventRisks[g]);
            _hazards[g] += weight / denominator;
            _eventHazards[g] += weight / denominator * (1 - left);
            loss += weight * Math.Log(denominator);
        }

        return loss;
    }

    private (double Fall, double EventFall) Fall(int g, double sum, double ofEvents)
    {
        var tied = Tied(g);
        if (tied == 0)
        {
            return (0, 0);
        }

        if (tied == 1 || _ties == TieHandling.Breslow)
        {
            var one = _eventWeights[g] / _riskSums[g] * (sum / _riskSums[g]);
            return (one, one);
        }

        double fall = 0, eventFall = 0;
        var weight = _eventWeights[g] / tied;
        for (var k = 0; k < tied; k++)
        {
            var left = (double)k / tied;
            var denominator = _riskSums[g] - (left * _eventRisks[g]);
            var one = weight / denominator * ((sum - (left * ofEvents)) / denominator);
            fall += one;
            eventFall += one * (1 - left);
        }

        return (fall, eventFall);
    }
}
