using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>Follow-up as a forest reads it.</summary>
internal sealed class SurvivalTargets
{
    private const int MostGridTimes = 150;

    private SurvivalTargets(double[] days, byte[] status, int eventCount)
    {
        (Days, Status, EventCount) = (days, status, eventCount);
        Order = [.. Enumerable.Range(0, days.Length).OrderBy(i => days[i])];
        EventDays = [.. Enumerable.Range(0, days.Length).Where(i => status[i] > 0).Select(i => days[i]).Distinct().Order()];
        GridDays = Thinned(EventDays, [.. Order.Where(i => status[i] > 0).Select(i => days[i])]);
    }

    /// <summary>Shape [subjects].</summary>
    public double[] Days { get; }

    /// <summary>Shape [subjects]; 0 censored, k the k-th kind of event.</summary>
    public byte[] Status { get; }

    /// <summary>Kinds of event.</summary>
    public int EventCount { get; }

    /// <summary>Subjects by time, those of one time by row.</summary>
    public int[] Order { get; }

    /// <summary>Times of events, ascending, each once.</summary>
    public double[] EventDays { get; }

    /// <summary>The event times behind day 0; of more than 150 those at equal shares of the events, the first and the last among them.</summary>
    public double[] GridDays { get; }

    public static SurvivalTargets Of(OutcomeData outcome) => outcome switch
    {
        SurvivalOutcome survival => new SurvivalTargets(survival.Days, [.. survival.HadEvent.Select(e => e ? (byte)1 : (byte)0)], 1),
        CompetingRisksOutcome competing => new SurvivalTargets(competing.Days, competing.Status, competing.Events.Count),
        _ => throw new ArgumentException($"{outcome.Kind} is no time to an event.", nameof(outcome)),
    };

    /// <summary>The grid time at which an event counts: the first that is not before it, and never day 0, where everybody is free of it.</summary>
    public int GridPlace(double days)
    {
        var place = Array.BinarySearch(GridDays, days);
        return Math.Max(1, place >= 0 ? place : ~place);
    }

    /// <exception cref="UnlearnableException">A kind of event has fewer events than a forest can learn from.</exception>
    public void RequireEvents(int minimum, string learner)
    {
        for (var k = 1; k <= EventCount; k++)
        {
            var count = Status.Count(s => s == k);
            if (count < minimum)
            {
                throw new UnlearnableException(
                    $"There are {count} events{(EventCount > 1 ? $" of kind {k}" : string.Empty)} among {Days.Length} subjects; {learner} needs {minimum}. "
                    + "Use more subjects, a longer follow-up or fewer kinds of event.");
            }
        }
    }

    private static double[] Thinned(double[] distinct, double[] events)
    {
        var grid = new List<double> { 0 };
        var from = distinct.Length <= MostGridTimes ? distinct : events;
        var count = Math.Min(from.Length, MostGridTimes);
        for (var k = 0; k < count; k++)
        {
            var day = from[(int)((long)k * (from.Length - 1) / Math.Max(1, count - 1))];
            if (day > grid[^1])
            {
                grid.Add(day);
            }
        }

        if (grid.Count == 1)
        {
            grid.Add(1);
        }

        return [.. grid];
    }
}
