using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>What an arm is for in the comparison.</summary>
public enum ArmRole
{
    /// <summary>The arm whose effect is asked for.</summary>
    Treated,

    /// <summary>The arm it is compared with.</summary>
    Control,
}

/// <summary>An arm that is compared.</summary>
/// <param name="Id">Name in the scenario.</param>
/// <param name="Label">Words for tables and plots.</param>
/// <param name="Role">Treated or control.</param>
/// <param name="Cohort">Cohort its subjects come from.</param>
/// <param name="SubjectCount">Subjects analysed.</param>
/// <param name="EventCount">Events among them to the horizon; null for continuous endpoints.</param>
/// <param name="MedianFollowUp">Median follow-up by the reverse Kaplan-Meier estimate, or null.</param>
public sealed record ArmResult(
    ArmId Id, string Label, ArmRole Role, CohortId Cohort, int SubjectCount, int? EventCount, Duration? MedianFollowUp);
