using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>The treatment effect to estimate, in the attributes of ICH E9 (R1) [ICHE9R1].</summary>
/// <param name="Population">Whose effect.</param>
/// <param name="Measures">Summaries asked for, each measure and time once, in the order of the file. The first is the primary one.</param>
/// <param name="IntercurrentEvents">What may happen after day 0, and how it is handled; reaches the report as text.</param>
/// <param name="Confidence">Level of every interval, as a fraction.</param>
public sealed record Estimand(
    EstimandPopulation Population,
    IReadOnlyList<RequestedMeasure> Measures,
    IReadOnlyList<IntercurrentEvent> IntercurrentEvents,
    double Confidence);

/// <summary>One summary measure, at a time where it has one.</summary>
/// <param name="Measure">What compares the arms.</param>
/// <param name="Time">tau of an RMST difference, the time of a survival difference; null for the others.</param>
public sealed record RequestedMeasure(SummaryMeasure Measure, Duration? Time);

/// <summary>Strategies of ICH E9 (R1) for an intercurrent event.</summary>
public enum IntercurrentEventStrategy
{
    TreatmentPolicy,
    Hypothetical,
    Composite,
    WhileOnTreatment,
    PrincipalStratum,
}

/// <summary>An event after day 0 that affects the meaning or the existence of the outcome.</summary>
/// <param name="Event">What happens.</param>
/// <param name="Strategy">How the estimand deals with it.</param>
/// <param name="Text">Why, and what it means here.</param>
public sealed record IntercurrentEvent(string Event, IntercurrentEventStrategy Strategy, string Text);
