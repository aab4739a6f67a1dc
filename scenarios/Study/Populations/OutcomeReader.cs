using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>Reads the scenario's endpoint from a cohort's columns.</summary>
internal static class OutcomeReader
{
    /// <summary>Whether each subject's endpoint was observed, shape [subjects].</summary>
    public static bool[] IsObserved(Cohort cohort, ScenarioEndpoint endpoint)
    {
        var observed = new bool[cohort.Count];
        for (var i = 0; i < observed.Length; i++)
        {
            observed[i] = endpoint is TimeToEventEndpoint t ? !double.IsNaN(Events(cohort, t).Days[i]) : !double.IsNaN(Values(cohort, endpoint)[i]);
        }

        return observed;
    }

    /// <summary>Outcomes of subjects whose endpoint was observed. Follow-up is cut at the horizon: an event at the horizon counts,
    /// a later one is censored there. A competing event censors.</summary>
    public static OutcomeData Read(Cohort cohort, ScenarioEndpoint endpoint) => endpoint switch
    {
        TimeToEventEndpoint t => Cut(Events(cohort, t), t.Horizon),
        BinaryEndpoint => new BinaryOutcome([.. Values(cohort, endpoint).ToArray().Select(v => v != 0)]),
        ContinuousEndpoint c => new ContinuousOutcome(Values(cohort, endpoint).ToArray(), c.Unit),
        _ => throw new ArgumentOutOfRangeException(nameof(endpoint), endpoint.GetType(), "Unknown endpoint."),
    };

    /// <summary>Outcomes of one arm after those of another.</summary>
    public static OutcomeData Append(OutcomeData first, OutcomeData second) => (first, second) switch
    {
        (SurvivalOutcome a, SurvivalOutcome b) => new SurvivalOutcome([.. a.Days, .. b.Days], [.. a.HadEvent, .. b.HadEvent], a.Horizon),
        (BinaryOutcome a, BinaryOutcome b) => new BinaryOutcome([.. a.Occurred, .. b.Occurred]),
        (ContinuousOutcome a, ContinuousOutcome b) => new ContinuousOutcome([.. a.Values, .. b.Values], a.Unit),
        _ => throw new ArgumentException($"Outcomes of kinds {first.Kind} and {second.Kind} cannot stand in one trial.", nameof(second)),
    };

    /// <summary>Events to the horizon, or occurrences; null for continuous endpoints.</summary>
    public static int? CountEvents(OutcomeData outcome) => outcome switch
    {
        SurvivalOutcome s => s.HadEvent.Count(e => e),
        BinaryOutcome b => b.Occurred.Count(o => o),
        _ => null,
    };

    /// <summary>Subjects who had a competing event before the horizon.</summary>
    public static int CountCompetingEvents(Cohort cohort, ScenarioEndpoint endpoint)
    {
        if (endpoint is not TimeToEventEndpoint t)
        {
            return 0;
        }

        var events = Events(cohort, t);
        var count = 0;
        for (var i = 0; i < events.Count; i++)
        {
            count += events.Status[i] > EventColumn.Event && events.Days[i] <= t.Horizon.Days ? 1 : 0;
        }

        return count;
    }

    private static SurvivalOutcome Cut(EventColumn events, Duration horizon)
    {
        var days = new double[events.Count];
        var hadEvent = new bool[events.Count];
        for (var i = 0; i < days.Length; i++)
        {
            days[i] = Math.Min(events.Days[i], horizon.Days);
            hadEvent[i] = events.Status[i] == EventColumn.Event && events.Days[i] <= horizon.Days;
        }

        return new SurvivalOutcome(days, hadEvent, horizon);
    }

    private static EventColumn Events(Cohort cohort, TimeToEventEndpoint endpoint) =>
        cohort.TryGetEvent(endpoint.Event, out var events)
            ? events
            : throw new ArgumentException($"Cohort '{cohort.Description.Id}' has no endpoint '{endpoint.Event}'; bind the scenario to its manifest first.");

    private static ReadOnlySpan<double> Values(Cohort cohort, ScenarioEndpoint endpoint)
    {
        var name = endpoint is BinaryEndpoint b ? b.Variable : ((ContinuousEndpoint)endpoint).Variable;
        return cohort.TryGetColumn(name, out var column) && column is NumericColumn numeric
            ? numeric.Values
            : throw new ArgumentException($"Cohort '{cohort.Description.Id}' has no numeric variable '{name}'; bind the scenario to its manifest first.");
    }
}
