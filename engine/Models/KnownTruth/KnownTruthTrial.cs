using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.KnownTruth;

/// <summary>A simulated trial with an external cohort, and what no real data set knows.</summary>
/// <param name="Trial">Randomised subjects of both arms, in the order of their ids; a binary outcome: an event is bad.</param>
/// <param name="TrueRisks">Probability of an event under control, and under treatment, of each trial subject; shape [subjects].</param>
/// <param name="External">Control subjects from elsewhere, or null.</param>
/// <param name="ExternalTrueRisks">Their probability of an event under control, in their own setting.</param>
public sealed record KnownTruthTrial(
    LearningProblem Trial, IReadOnlyList<(double Control, double Treated)> TrueRisks, LearningProblem? External, IReadOnlyList<double> ExternalTrueRisks)
{
    public static ArmId ControlArm { get; } = new("control");

    public static ArmId TreatedArm { get; } = new("inhibitor");

    /// <summary>True effect on each trial subject: difference of risks, treated less control, shape [subjects].</summary>
    public double[] TrueEffects => [.. TrueRisks.Select(r => r.Treated - r.Control)];
}
