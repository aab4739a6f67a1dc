using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>One arm of the comparison.</summary>
/// <param name="Id">The scenario's name of the arm.</param>
/// <param name="Population">Who is in it.</param>
/// <param name="Label">Words for the report.</param>
public sealed record TrialArm(ArmId Id, PopulationId Population, string Label);

/// <summary>The two arms compared.</summary>
/// <param name="Treated">The arm whose treatment is judged.</param>
/// <param name="Control">The reference arm.</param>
/// <param name="ControlKind"><see cref="ControlArmKind.Concurrent"/> when randomised beside the treated arm,
/// <see cref="ControlArmKind.External"/> when its subjects come from outside the trial.</param>
public sealed record TrialArms(TrialArm Treated, TrialArm Control, ControlArmKind ControlKind);
