namespace DigitalTwin.Vocabulary;

/// <summary>What kind of value an endpoint takes.</summary>
public enum EndpointKind
{
    TimeToEvent,
    Binary,
    Continuous,

    /// <summary>One of several classes without an order.</summary>
    Categorical,

    /// <summary>One of several levels in an order.</summary>
    Ordinal,

    /// <summary>Time to the first of several kinds of event.</summary>
    CompetingRisks,

    /// <summary>Values at visits, at times of each subject's own.</summary>
    Longitudinal,
}
