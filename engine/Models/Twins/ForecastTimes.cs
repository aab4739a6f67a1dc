using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Twins;

/// <summary>Times of a survival forecast: evenly spaced, the same for every model and subject, so that no subject's own event time shows in them.</summary>
internal static class ForecastTimes
{
    private const int IntervalCount = 120;

    /// <summary>Days, ascending from 0 to the horizon.</summary>
    public static double[] Of(Duration horizon) => [.. Enumerable.Range(0, IntervalCount + 1).Select(t => horizon.Days * t / IntervalCount)];
}
