namespace DigitalTwin.Models.Network.Heads;

/// <summary>Follow-up cut into intervals that hold about as many training events each. Within an interval the hazard is constant.</summary>
/// <remarks>Source: [Kvamme2021] section 3.4 (quantiles of event times; interpolation by constant hazards).</remarks>
internal sealed class TimeIntervals
{
    /// <summary>Grid times of an interval at least, its end included; a long one has more, so that none of the steps passes a hundredth of the whole.</summary>
    private const int LeastSteps = 2;
    private const double LongestStep = 0.01;

    private readonly double[] _ends;
    private readonly (int Interval, double Share)[] _places;

    private TimeIntervals(double[] ends)
    {
        _ends = ends;
        List<double> grid = [0];
        List<(int Interval, double Share)> places = [(0, 0)];
        for (var j = 0; j < ends.Length; j++)
        {
            var steps = Math.Max(LeastSteps, (int)Math.Ceiling((ends[j] - Start(j)) / (LongestStep * ends[^1])));
            for (var s = 1; s <= steps; s++)
            {
                grid.Add(s == steps ? ends[j] : Start(j) + ((ends[j] - Start(j)) * s / steps));
                places.Add((j, s / (double)steps));
            }
        }

        (GridDays, _places) = ([.. grid], [.. places]);
    }

    public int Count => _ends.Length;

    /// <summary>Ends of the intervals, days, ascending; the last is the last training event. Shape [intervals].</summary>
    public ReadOnlySpan<double> Ends => _ends;

    /// <summary>Times of predictions, days, from 0; shape [times].</summary>
    public double[] GridDays { get; }

    /// <summary>Intervals of which the ends are known.</summary>
    /// <param name="ends">Days, finite, positive, ascending; at least one.</param>
    /// <exception cref="ArgumentException">They are not positive.</exception>
    public static TimeIntervals Of(double[] ends) =>
        ends[0] > 0 ? new TimeIntervals(ends) : throw new ArgumentException($"The first interval ends at {ends[0]} days, and ends are positive.", nameof(ends));

    /// <param name="eventDays">Days of training events.</param>
    /// <param name="most">Most intervals.</param>
    public static TimeIntervals OfEvents(double[] eventDays, int most)
    {
        var sorted = eventDays.Where(d => d > 0).Order().ToArray();
        var ends = new List<double>();
        for (var j = 1; j <= most && sorted.Length > 0; j++)
        {
            var end = sorted[Math.Max(0, (int)((long)j * sorted.Length / most) - 1)];
            if (ends.Count == 0 || end > ends[^1])
            {
                ends.Add(end);
            }
        }

        return new TimeIntervals(ends.Count == 0 ? [1] : [.. ends]);
    }

    /// <summary>The interval that holds a time, and the share of it that has passed by then, from 0 to 1; the count of intervals for a later time.</summary>
    public (int Interval, double Share) Find(double days)
    {
        var place = Array.BinarySearch(_ends, days);
        var interval = place >= 0 ? place : ~place;
        return interval == _ends.Length ? (interval, 0) : (interval, Math.Clamp((days - Start(interval)) / (_ends[interval] - Start(interval)), 0, 1));
    }

    /// <summary>Interval of a grid time, and the share of it that has passed, 1 at its end.</summary>
    public (int Interval, double Share) OfGrid(int place) => _places[place];

    private double Start(int interval) => interval == 0 ? 0 : _ends[interval - 1];
}
