using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>One subject as the study hands it to its twin.</summary>
/// <param name="Subject">Pseudonymous id, unique in the study.</param>
/// <param name="Arm">Arm the subject was in.</param>
/// <param name="Covariates">Shape [columns], in the order of <see cref="StudyPlan.Columns"/>; finite.</param>
/// <param name="Outcome">Outcome seen, or null for a subject that is only forecast and never trains the model.</param>
/// <param name="Layers">Shape [layers][features], in the order of <see cref="StudyPlan.Layers"/>; NaN = missing, an empty row where the subject has nothing of a layer. Null where the plan has no layers.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.SubjectEnrolment")]
public sealed record SubjectEnrolment(
    [property: Id(0)] SubjectId Subject,
    [property: Id(1)] ArmId Arm,
    [property: Id(2)] double[] Covariates,
    [property: Id(3)] ObservedOutcome? Outcome,
    [property: Id(4)] float[][]? Layers = null);

/// <summary>The outcome seen in one subject, by kind of endpoint.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.ObservedOutcome")]
public abstract record ObservedOutcome
{
    /// <summary>Kind of endpoint this is an outcome of.</summary>
    public abstract EndpointKind Kind { get; }
}

/// <param name="Days">Follow-up in days, finite and not negative.</param>
/// <param name="HadEvent">Whether it ended with the event; otherwise censored.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ObservedSurvival")]
public sealed record ObservedSurvival([property: Id(0)] double Days, [property: Id(1)] bool HadEvent) : ObservedOutcome
{
    public override EndpointKind Kind => EndpointKind.TimeToEvent;
}

/// <param name="Occurred">Whether the outcome occurred.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ObservedBinary")]
public sealed record ObservedBinary([property: Id(0)] bool Occurred) : ObservedOutcome
{
    public override EndpointKind Kind => EndpointKind.Binary;
}

/// <param name="Value">Value in <see cref="StudyPlan.OutcomeUnit"/>, finite.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ObservedValue")]
public sealed record ObservedValue([property: Id(0)] double Value) : ObservedOutcome
{
    public override EndpointKind Kind => EndpointKind.Continuous;
}
