namespace DigitalTwin.Scenarios.Study;

/// <summary>A study that was understood cannot be carried out on these data; nothing was written.</summary>
/// <param name="part">Part of the scenario it belongs to, e.g. the id of a method.</param>
/// <param name="message">What is wrong, why it cannot be answered, and what to do.</param>
/// <param name="inner">The engine's own exception, or null.</param>
public sealed class StudyException(string part, string message, Exception? inner = null) : Exception(message, inner)
{
    public string Part { get; } = part;
}
