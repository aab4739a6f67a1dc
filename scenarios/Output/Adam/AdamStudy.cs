using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>What the subject-level data sets are made from.</summary>
/// <param name="StudyId">STUDYID, e.g. the scenario's file name without extension, upper case.</param>
/// <param name="Trial">The rows that were analysed: treated first, then control.</param>
/// <param name="Treated">Treated arm and its subjects.</param>
/// <param name="Control">Control arm and its subjects.</param>
/// <param name="Endpoint">The endpoint analysed.</param>
/// <param name="Weights">Weights by method, aligned with the trial's rows, primary method first.</param>
public sealed record AdamStudy(
    string StudyId, TrialData Trial, AdamArm Treated, AdamArm Control, EndpointResult Endpoint, IReadOnlyList<AdamMethodWeights> Weights);

/// <param name="Arm">The arm.</param>
/// <param name="Cohort">A cohort that holds every subject of the arm.</param>
public sealed record AdamArm(ArmResult Arm, Cohort Cohort);

/// <param name="MethodId">The scenario's name of the method.</param>
/// <param name="Weights">Weights of every row of the trial.</param>
public sealed record AdamMethodWeights(string MethodId, SubjectWeights Weights);
