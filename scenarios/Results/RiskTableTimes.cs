using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>Times at which a report counts subjects at risk: steps that people use for the unit, such as whole years of months.</summary>
public static class RiskTableTimes
{
    private const int MostSteps = 8;

    /// <summary>Days from 0 to the horizon in even steps; the horizon itself stands last only when a step falls on it.</summary>
    /// <param name="horizon">End of the follow-up, positive.</param>
    /// <param name="unit">Unit the report shows times in.</param>
    /// <exception cref="ArgumentOutOfRangeException">The horizon is not positive.</exception>
    public static IReadOnlyList<double> Of(Duration horizon, TimeUnit unit)
    {
        if (horizon.Days <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(horizon), horizon, "A horizon is positive.");
        }

        var length = horizon.In(unit);
        var step = Steps(unit).First(s => length / s <= MostSteps);
        return [.. Enumerable.Range(0, (int)Math.Floor((length / step) + 1e-9) + 1).Select(k => Math.Min(Duration.From(k * step, unit).Days, horizon.Days))];
    }

    private static IEnumerable<double> Steps(TimeUnit unit)
    {
        double[] usual = unit switch
        {
            TimeUnit.Month => [0.25, 0.5, 1, 2, 3, 6, 12, 24, 36, 60, 120],
            TimeUnit.Week => [0.5, 1, 2, 4, 8, 13, 26, 52, 104, 260],
            TimeUnit.Day => [0.5, 1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730],
            _ => [0.1, 0.25, 0.5, 1, 2, 5, 10],
        };
        foreach (var step in usual)
        {
            yield return step;
        }

        for (var step = 2 * usual[^1]; ; step *= 2)
        {
            yield return step;
        }
    }
}
