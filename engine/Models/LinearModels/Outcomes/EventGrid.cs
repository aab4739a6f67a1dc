namespace DigitalTwin.Models.LinearModels.Outcomes;

/// <summary>Times that survival is predicted at: 0 and the event times, or so many of them in equal steps of rank.</summary>
internal static class EventGrid
{
    private const int LargestCount = 250;

    /// <param name="eventTimes">Distinct, ascending.</param>
    public static double[] Of(double[] eventTimes)
    {
        if (eventTimes.Length <= LargestCount)
        {
            return eventTimes.Length > 0 && eventTimes[0] == 0 ? eventTimes : [0, .. eventTimes];
        }

        var grid = new List<double> { 0 };
        for (var k = 0; k < LargestCount; k++)
        {
            var time = eventTimes[(int)((long)(k + 1) * eventTimes.Length / LargestCount) - 1];
            if (time > grid[^1])
            {
                grid.Add(time);
            }
        }

        return [.. grid];
    }
}
