namespace DigitalTwin.Models.Network.Heads;

/// <summary>From log cumulative hazards of intervals to cumulative incidence along the grid of predictions. Within an interval the hazards are constant, so that
/// survival falls exponentially and each kind takes its share of what is lost.</summary>
internal sealed class HazardPath(TimeIntervals intervals, int eventCount)
{
    private readonly double[] _hazards = new double[eventCount];
    private readonly double[] _reached = new double[eventCount];

    /// <summary>Adds the incidence times a weight.</summary>
    /// <param name="logHazards">Of one subject, shape [intervals * events].</param>
    /// <param name="incidence">Row-major [events, times].</param>
    /// <param name="weight">Such as 1 over the members of an ensemble.</param>
    public void AddTo(ReadOnlySpan<float> logHazards, Span<double> incidence, double weight)
    {
        var times = intervals.GridDays.Length;
        var (free, any, interval) = (1.0, 0.0, -1);
        Array.Clear(_reached);
        for (var t = 1; t < times; t++)
        {
            var (now, passed) = intervals.OfGrid(t);
            if (now != interval)
            {
                (interval, any) = (now, 0);
                for (var e = 0; e < eventCount; e++)
                {
                    _hazards[e] = Math.Exp(logHazards[(now * eventCount) + e]);
                    any += _hazards[e];
                }
            }

            var lost = free * (1 - Math.Exp(-any * passed));
            for (var e = 0; e < eventCount; e++)
            {
                var taken = any > 0 ? lost * _hazards[e] / any : 0;
                incidence[(e * times) + t] += weight * (_reached[e] + taken);
                _reached[e] += passed == 1 ? taken : 0;
            }

            free -= passed == 1 ? lost : 0;
        }
    }
}
