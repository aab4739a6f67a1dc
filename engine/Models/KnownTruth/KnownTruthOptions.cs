namespace DigitalTwin.Models.KnownTruth;

/// <summary>What a simulated multi-omics trial is like. Defaults give about 45 % events under control, 30 % treated, and effects between -0.35 and 0.1.</summary>
public sealed record KnownTruthOptions
{
    /// <summary>Subjects of the trial, both arms together; at least 20.</summary>
    public int TrialCount { get; init; } = 400;

    /// <summary>Subjects of the external cohort, all under control; 0 for none.</summary>
    public int ExternalCount { get; init; } = 400;

    /// <summary>Probability of the treated arm in the trial, in (0, 1).</summary>
    public double TreatedShare { get; init; } = 0.5;

    /// <summary>How strongly older and mutated subjects are over-represented in the external cohort, log odds a standard deviation; 0 for no confounding.</summary>
    public double Selection { get; init; } = 0.8;

    /// <summary>By how much the log odds of an event of the external cohort differ from those of the trial for reasons nobody measured.</summary>
    public double OutcomeDrift { get; init; } = 0.3;

    /// <summary>Shift of a third of the genes in the external cohort's expression, in standard deviations: another laboratory.</summary>
    public double AssayDrift { get; init; } = 0.5;

    /// <summary>Share of subjects without protein measurements in [0, 1); older subjects lack them more often.</summary>
    public double ProteinMissing { get; init; } = 0.4;

    /// <summary>Share of subjects without expression, in [0, 1).</summary>
    public double ExpressionMissing { get; init; } = 0.1;

    /// <summary>Log odds ratio of the drug at a target of mean activity.</summary>
    public double MeanLogOddsEffect { get; init; } = -0.7;

    /// <summary>Change of that log odds ratio with one standard deviation of the target's activity; 0 for one effect for all.</summary>
    public double EffectHeterogeneity { get; init; } = -0.8;
}
