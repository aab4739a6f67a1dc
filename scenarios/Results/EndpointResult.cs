using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>What is measured in each subject.</summary>
/// <param name="Name">Identifier in the bundles.</param>
/// <param name="Label">Words, e.g. "Recurrence-free survival".</param>
/// <param name="Kind">Time to event, binary or continuous.</param>
/// <param name="Event">What counts as an event, in words; null for continuous endpoints.</param>
/// <param name="Horizon">End of the follow-up analysed, or null.</param>
/// <param name="DisplayUnit">Unit that reports show times in; values stay in days.</param>
/// <param name="Unit">UCUM code of the value: <c>d</c>, <c>1</c> or the unit of a continuous endpoint.</param>
/// <param name="HigherIsBetter">True when the event, or a higher value, is good for the subject (a response, not a relapse).</param>
public sealed record EndpointResult(
    string Name, string Label, EndpointKind Kind, string? Event, Duration? Horizon, TimeUnit DisplayUnit, string Unit, bool HigherIsBetter);
