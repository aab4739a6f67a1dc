using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Populations;

/// <summary>A real control arm that no fit may see. The only way to its subjects and outcomes is to hand over finished estimates.</summary>
public sealed class SealedArm
{
    private readonly TrialData _trial;
    private readonly PopulationFlow _flow;
    private readonly string _label;

    internal SealedArm(TrialData trial, PopulationFlow flow, string label)
    {
        _trial = trial;
        _flow = flow;
        _label = label;
    }

    /// <summary>Opens the arm.</summary>
    /// <param name="estimates">What was estimated without it.</param>
    public RevealedArm Open(FrozenEstimates estimates)
    {
        ArgumentNullException.ThrowIfNull(estimates);
        return new RevealedArm(_label, _trial, _flow, estimates);
    }

    /// <summary>Says nothing of what is inside.</summary>
    public override string ToString() => "a sealed arm";
}

/// <summary>The hidden control arm, opened.</summary>
/// <param name="Label">Words for the arm.</param>
/// <param name="Trial">The treated subjects of the study against the hidden control subjects; no covariates, for randomisation needs none.</param>
/// <param name="Flow">How the hidden arm came about.</param>
/// <param name="Estimates">What was fixed before it was opened.</param>
public sealed record RevealedArm(string Label, TrialData Trial, PopulationFlow Flow, FrozenEstimates Estimates);
