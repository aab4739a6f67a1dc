using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>A study at a glance.</summary>
/// <param name="Study">Its id.</param>
/// <param name="Plan">What it is about.</param>
/// <param name="SubjectCount">Subjects enrolled.</param>
/// <param name="Arms">One row an arm.</param>
/// <param name="Training">State of the last training and the model in use.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.StudySummary")]
public sealed record StudySummary(
    [property: Id(0)] StudyId Study,
    [property: Id(1)] StudyPlan Plan,
    [property: Id(2)] int SubjectCount,
    [property: Id(3)] ArmSummary[] Arms,
    [property: Id(4)] TrainingStatus Training);

/// <param name="Arm">The arm.</param>
/// <param name="SubjectCount">Subjects enrolled in it.</param>
/// <param name="OutcomeCount">Subjects whose outcome is known.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ArmSummary")]
public sealed record ArmSummary([property: Id(0)] ArmId Arm, [property: Id(1)] int SubjectCount, [property: Id(2)] int OutcomeCount);

/// <summary>Part of a study's subjects, in ordinal order of their ids.</summary>
/// <param name="Subjects">Ids with their arm.</param>
/// <param name="Next">Pass this as <c>after</c> to get the following page; null when this was the last.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.SubjectPage")]
public sealed record SubjectPage([property: Id(0)] RosterEntry[] Subjects, [property: Id(1)] SubjectId? Next)
{
    /// <summary>Most subjects one page may hold.</summary>
    public const int MaximumSubjects = 2_000;
}

/// <param name="Subject">Id of the subject.</param>
/// <param name="Arm">Arm the subject was in.</param>
/// <param name="HasOutcome">Whether the outcome is known.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.RosterEntry")]
public readonly record struct RosterEntry([property: Id(0)] SubjectId Subject, [property: Id(1)] ArmId Arm, [property: Id(2)] bool HasOutcome);
