namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>-log partial likelihood of Cox's model with Breslow's handling of ties; the score is the log relative hazard. The second derivative leaves out its
/// negative part, which is small where many are at risk: it stays positive, and a weight of 2 is two subjects.</summary>
/// <remarks>Source: [Cox1972], [Breslow1974].</remarks>
internal sealed class CoxLoss : BoostingLoss
{
    private readonly double[] _days;
    private readonly bool[] _hadEvent;
    private readonly double[] _weights;
    private readonly int[] _order;
    private readonly double[] _atRisk;

    public CoxLoss(double[] days, bool[] hadEvent, double[] weights)
    {
        (_days, _hadEvent, _weights) = (days, hadEvent, weights);
        _order = [.. Enumerable.Range(0, days.Length).OrderBy(i => days[i])];
        _atRisk = new double[days.Length + 1];
    }

    public override int ScoreCount => 1;

    public override double MinimumChildWeight => 3;

    public override double[] BaseScores() => [0];

    public override void Derivatives(ReadOnlySpan<double> scores, Span<double> derivatives)
    {
        var center = FillAtRisk(scores);
        var hazard = 0.0;
        for (var first = 0; first < _order.Length;)
        {
            var (end, events) = TimeGroup(first);
            hazard += events > 0 ? events / _atRisk[first] : 0;
            for (var k = first; k < end; k++)
            {
                var i = _order[k];
                var expected = Math.Exp(scores[i] - center) * hazard;
                derivatives[2 * i] = _weights[i] * (expected - (_hadEvent[i] ? 1 : 0));
                derivatives[(2 * i) + 1] = _weights[i] * expected;
            }

            first = end;
        }
    }

    public override (double Loss, double Weight) Sum(ReadOnlySpan<double> scores)
    {
        var center = FillAtRisk(scores);
        var (loss, weight) = (0.0, 0.0);
        for (var first = 0; first < _order.Length;)
        {
            var (end, events) = TimeGroup(first);
            loss += events > 0 ? events * Math.Log(_atRisk[first]) : 0;
            weight += events;
            for (var k = first; k < end; k++)
            {
                var i = _order[k];
                loss -= _hadEvent[i] ? _weights[i] * (scores[i] - center) : 0;
            }

            first = end;
        }

        return (loss, weight);
    }

    /// <summary>Breslow's cumulative baseline hazard at each time of a grid, for scores as given.</summary>
    /// <param name="scores">Shape [subjects].</param>
    /// <param name="gridDays">Ascending.</param>
    public double[] Baseline(ReadOnlySpan<double> scores, double[] gridDays)
    {
        var center = FillAtRisk(scores);
        var (hazard, first) = (0.0, 0);
        var baseline = new double[gridDays.Length];
        for (var g = 0; g < gridDays.Length; g++)
        {
            while (first < _order.Length && _days[_order[first]] <= gridDays[g])
            {
                var (end, events) = TimeGroup(first);
                hazard += events > 0 ? events / _atRisk[first] : 0;
                first = end;
            }

            baseline[g] = g == 0 ? 0 : hazard * Math.Exp(-center);
        }

        return baseline;
    }

    /// <summary>Weighs those at risk from each place in the order of time on.</summary>
    /// <returns>The score that all were lowered by against overflow.</returns>
    private double FillAtRisk(ReadOnlySpan<double> scores)
    {
        var center = double.NegativeInfinity;
        foreach (var score in scores)
        {
            center = Math.Max(center, score);
        }

        for (var k = _order.Length - 1; k >= 0; k--)
        {
            _atRisk[k] = _atRisk[k + 1] + (_weights[_order[k]] * Math.Exp(scores[_order[k]] - center));
        }

        return center;
    }

    /// <summary>Where the subjects of one time end, and the weight of the events among them.</summary>
    private (int End, double Events) TimeGroup(int first)
    {
        var (end, events) = (first, 0.0);
        for (; end < _order.Length && _days[_order[end]] == _days[_order[first]]; end++)
        {
            events += _hadEvent[_order[end]] ? _weights[_order[end]] : 0;
        }

        return (end, events);
    }
}
