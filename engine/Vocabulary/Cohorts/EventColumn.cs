namespace DigitalTwin.Vocabulary;

/// <summary>One time-to-event endpoint of every subject: follow-up in days from time zero, and how it ended.</summary>
/// <param name="name">Identifier used in scenarios.</param>
/// <param name="label">Words for tables and plots.</param>
/// <param name="days">Shape [subjects]; finite and not negative, or NaN when the endpoint was not followed. Owned from here on.</param>
/// <param name="status">Shape [subjects]; 0 censored, 1 event, 2 and above competing events. Owned from here on.</param>
public sealed class EventColumn(string name, string label, double[] days, byte[] status)
{
    /// <summary>Status of a subject whose follow-up ended without an event.</summary>
    public const byte Censored = 0;

    /// <summary>Status of a subject who had the event.</summary>
    public const byte Event = 1;

    public string Name { get; } = name;

    public string Label { get; } = label;

    /// <summary>Shape [subjects], days; NaN = not followed.</summary>
    public ReadOnlySpan<double> Days => days;

    /// <summary>Shape [subjects].</summary>
    public ReadOnlySpan<byte> Status => status;

    public int Count => days.Length;

    public EventColumn Take(ReadOnlySpan<int> subjects)
    {
        var takenDays = new double[subjects.Length];
        var takenStatus = new byte[subjects.Length];
        for (var i = 0; i < subjects.Length; i++)
        {
            takenDays[i] = days[subjects[i]];
            takenStatus[i] = status[subjects[i]];
        }

        return new EventColumn(Name, Label, takenDays, takenStatus);
    }
}
