namespace DigitalTwin.Models.Network.Heads;

/// <summary>From logits of hazards to cumulative incidence along the grid of predictions. Within an interval the cause-specific hazards are constant, so that
/// survival falls exponentially and each kind takes its share of what is lost.</summary>
internal sealed class HazardPath(TimeIntervals intervals, int eventCount)
{
    private readonly double[] _shares = new double[eventCount + 1];
    private readonly double[] _reached = new double[eventCount];

    /// <summary>Adds the incidence times a weight.</summary>
    /// <param name="logits">Of one subject, shape [intervals * events].</param>
    /// <param name="incidence">Row-major [events, times].</param>
    /// <param name="weight">Such as 1 over the members of an ensemble.</param>
    public void AddTo(ReadOnlySpan<float> logits, Span<double> incidence, double weight)
    {
        var times = intervals.GridDays.Length;
        var free = 1.0;
        var interval = -1;
        Array.Clear(_reached);
        for (var t = 1; t < times; t++)
        {
            var (now, passed) = TimeIntervals.OfGrid(t);
            if (now != interval)
            {
                interval = now;
                Shares(logits.Slice(now * eventCount, eventCount));
            }

            var lost = free * (1 - Math.Pow(_shares[0], passed));
            var any = 1 - _shares[0];
            for (var e = 0; e < eventCount; e++)
            {
                var taken = any > 0 ? lost * _shares[e + 1] / any : 0;
                incidence[(e * times) + t] += weight * (_reached[e] + taken);
                _reached[e] += passed == 1 ? taken : 0;
            }

            free -= passed == 1 ? lost : 0;
        }
    }

    private void Shares(ReadOnlySpan<float> logits)
    {
        _shares[0] = 0;
        for (var e = 0; e < eventCount; e++)
        {
            _shares[e + 1] = logits[e];
        }

        Probability.Softmax(_shares);
    }
}
