using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>How a population came about from its cohort, step by step.</summary>
/// <param name="Name">Name of the population in the scenario.</param>
/// <param name="Arm">Arm it feeds.</param>
/// <param name="Cohort">Cohort it starts from.</param>
/// <param name="StartCount">Subjects in the cohort.</param>
/// <param name="Steps">Exclusions in the order applied.</param>
public sealed record PopulationFlow(string Name, ArmId Arm, CohortId Cohort, int StartCount, IReadOnlyList<ExclusionStep> Steps)
{
    /// <summary>Subjects left at the end.</summary>
    public int FinalCount => Steps.Count == 0 ? StartCount : Steps[^1].Remaining;
}

/// <param name="Reason">What was required of a subject to stay, in words or as the scenario's expression.</param>
/// <param name="Excluded">Subjects the step took out.</param>
/// <param name="Remaining">Subjects left after it.</param>
public sealed record ExclusionStep(string Reason, int Excluded, int Remaining);
