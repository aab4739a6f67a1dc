namespace DigitalTwin.Vocabulary;

/// <summary>Where the control arm comes from.</summary>
public enum ControlArmKind
{
    /// <summary>Randomised beside the treated arm.</summary>
    Concurrent,

    /// <summary>Real subjects from outside the trial.</summary>
    External,

    /// <summary>Predicted by twins.</summary>
    Twin,
}

/// <summary>A control arm made by one method, with the evidence on whether it is credible.</summary>
/// <param name="MethodId">The scenario's name of the method.</param>
/// <param name="Weights">Weights of every subject of the trial.</param>
/// <param name="Balance">One row a covariate column.</param>
/// <param name="EffectiveSampleSizeTreated">ESS of the treated arm, subjects.</param>
/// <param name="EffectiveSampleSizeControl">ESS of the control arm, subjects.</param>
/// <param name="Warnings">Doubts that must reach the report.</param>
public sealed record ControlArm(
    string MethodId,
    SubjectWeights Weights,
    IReadOnlyList<BalanceRow> Balance,
    double EffectiveSampleSizeTreated,
    double EffectiveSampleSizeControl,
    IReadOnlyList<StudyWarning> Warnings);
