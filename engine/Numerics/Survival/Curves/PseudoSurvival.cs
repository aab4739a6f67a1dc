namespace DigitalTwin.Numerics.Survival;

/// <summary>What each subject adds to the Kaplan-Meier estimate of survival at a time: n S(t) - (n - 1) S without the subject(t). Without censoring it is 1 where the subject survived
/// and 0 where not; with censoring its mean stays that of the curve, so that it can stand for the outcome.</summary>
/// <remarks>Source: [Andersen2003]. Right where censoring depends on nothing but what the curve is of. Cost O(n log n): leaving a subject out takes one from the risk sets up to its own
/// time and changes nothing after.</remarks>
public static class PseudoSurvival
{
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="at">The time, in the unit of <paramref name="times"/>.</param>
    /// <returns>Shape [subjects]; below 0 or above 1 for some where others are censored.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    public static double[] Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, double at)
    {
        SurvivalInput.CheckFollowUp(times, events);
        var table = RiskTable.Of(times, events, SurvivalInput.Ones(times.Length));
        var count = table.Times.TakeWhile(t => t <= at).Count();

        // Before a time with one subject fewer at risk; from a time on as it was.
        var (fewer, after) = (new double[count + 1], new double[count + 1]);
        (fewer[0], after[count]) = (1, 1);
        for (var k = 0; k < count; k++)
        {
            fewer[k + 1] = fewer[k] * Factor(table.Events[k], table.AtRisk[k] - 1);
        }

        for (var k = count - 1; k >= 0; k--)
        {
            after[k] = after[k + 1] * Factor(table.Events[k], table.AtRisk[k]);
        }

        var values = new double[times.Length];
        for (var i = 0; i < values.Length; i++)
        {
            var place = Array.BinarySearch(table.Times, times[i]);
            var without = times[i] > at ? fewer[count] : fewer[place] * Factor(table.Events[place] - (events[i] ? 1 : 0), table.AtRisk[place] - 1) * after[place + 1];
            values[i] = (times.Length * after[0]) - ((times.Length - 1) * without);
        }

        return values;
    }

    /// <summary>The same, each subject by the curve of its own group.</summary>
    /// <param name="times">Follow-up, shape [subjects].</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="group">Shape [subjects].</param>
    /// <param name="at">The time, in the unit of <paramref name="times"/>.</param>
    /// <returns>Shape [subjects].</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    public static double[] Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<int> group, double at)
    {
        if (group.Length != times.Length || events.Length != times.Length)
        {
            throw new ArgumentException($"There are {times.Length} times, {events.Length} events and {group.Length} groups.", nameof(group));
        }

        var values = new double[times.Length];
        foreach (var members in group.ToArray().Index().GroupBy(p => p.Item, p => p.Index))
        {
            var rows = members.ToArray();
            var (own, ended) = (new double[rows.Length], new bool[rows.Length]);
            for (var k = 0; k < rows.Length; k++)
            {
                (own[k], ended[k]) = (times[rows[k]], events[rows[k]]);
            }

            foreach (var (k, value) in Of(own, ended, at).Index())
            {
                values[rows[k]] = value;
            }
        }

        return values;
    }

    // With nobody at risk the curve stays.
    private static double Factor(double events, double atRisk) => atRisk <= 0 ? 1 : 1 - (events / atRisk);
}
