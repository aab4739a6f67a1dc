namespace DigitalTwin.Models.LinearModels.Outcomes;

/// <summary>Times that survival is predicted at: 0 and the event times; of more than 250 those between which equally many events lie. Events are counted, not their
/// distinct times: where most share the first few days, most of the grid lies there.</summary>
internal static class EventGrid
{
    private const int LargestCount = 250;

    /// <param name="eventDays">Day of each event, in any order.</param>
    public static double[] Of(IEnumerable<double> eventDays)
    {
        double[] events = [.. eventDays.Order()];
        double[] distinct = [.. events.Distinct()];
        var ranked = distinct.Length <= LargestCount ? distinct : events;
        var count = Math.Min(ranked.Length, LargestCount);
        var grid = new List<double> { 0 };
        for (var k = 0; k < count; k++)
        {
            var time = k == 0 ? ranked[0] : ranked[(int)((long)(k + 1) * ranked.Length / count) - 1];
            if (time > grid[^1])
            {
                grid.Add(time);
            }
        }

        return [.. grid];
    }
}
