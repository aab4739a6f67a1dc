using DigitalTwin.Cohorts;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Cohorts;

/// <summary>One time-to-event endpoint of a cohort in a line.</summary>
/// <remarks>
/// SubjectCount: subjects followed.
/// EventCount: events.
/// CompetingCounts: competing events by label.
/// MedianFollowUpDays: by the reverse Kaplan-Meier estimate, in which censoring is the event [Schemper1996]; null where it is not reached.
/// MaximumDays: longest follow-up.
/// </remarks>
public sealed record EndpointSummary(
    string Name,
    string Label,
    int SubjectCount,
    int EventCount,
    IReadOnlyList<LevelCount> CompetingCounts,
    double? MedianFollowUpDays,
    double? MaximumDays)
{
    public static EndpointSummary Of(EventEndpoint endpoint, EventColumn column)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        ArgumentNullException.ThrowIfNull(column);
        var days = new List<double>();
        var isCensored = new List<bool>();
        var counts = new int[endpoint.MaximumStatus + 1];
        for (var i = 0; i < column.Count; i++)
        {
            if (!double.IsNaN(column.Days[i]))
            {
                days.Add(column.Days[i]);
                isCensored.Add(column.Status[i] == EventColumn.Censored);
                counts[column.Status[i]]++;
            }
        }

        return new EndpointSummary(
            endpoint.Name,
            endpoint.Label,
            days.Count,
            counts[EventColumn.Event],
            [.. endpoint.CompetingEvents.Select((label, i) => new LevelCount(label, counts[EventColumn.Event + 1 + i]))],
            MedianOf([.. days], [.. isCensored]),
            days.Count == 0 ? null : days.Max());
    }

    private static double? MedianOf(double[] days, bool[] isCensored)
    {
        if (days.Length == 0)
        {
            return null;
        }

        var median = KaplanMeier.Fit(days, isCensored).Median.Value;
        return double.IsNaN(median) ? null : median;
    }
}
