namespace DigitalTwin.Vocabulary;

/// <summary>What kind of value an endpoint takes.</summary>
public enum EndpointKind
{
    TimeToEvent,
    Binary,
    Continuous,
}
