using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>What is measured on every subject.</summary>
public abstract record ScenarioEndpoint
{
    public abstract EndpointKind Kind { get; }

    /// <summary>Words for the report.</summary>
    public required string Label { get; init; }

    /// <summary>True when the event, or a higher value, is good for the subject: a response, not a relapse.</summary>
    public required bool HigherIsBetter { get; init; }
}

/// <summary>Time from day 0 to an event, followed to the horizon.</summary>
/// <param name="Event">Name of the endpoint in the cohorts.</param>
/// <param name="Horizon">End of the follow-up analysed; positive.</param>
/// <param name="DisplayUnit">Unit the horizon is written in; axes and tables use it.</param>
public sealed record TimeToEventEndpoint(string Event, Duration Horizon, TimeUnit DisplayUnit) : ScenarioEndpoint
{
    public override EndpointKind Kind => EndpointKind.TimeToEvent;

    /// <summary>What counts as the event, in words: "recurrence or death".</summary>
    public required string EventText { get; init; }
}

/// <summary>Whether something happened.</summary>
/// <param name="Variable">Binary variable of role outcome.</param>
public sealed record BinaryEndpoint(string Variable) : ScenarioEndpoint
{
    public override EndpointKind Kind => EndpointKind.Binary;
}

/// <summary>A value on a scale.</summary>
/// <param name="Variable">Continuous or integer variable of role outcome.</param>
/// <param name="Unit">UCUM code of the values.</param>
public sealed record ContinuousEndpoint(string Variable, string Unit) : ScenarioEndpoint
{
    public override EndpointKind Kind => EndpointKind.Continuous;
}
