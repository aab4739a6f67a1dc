using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.KnownTruth;

/// <summary>One drawn subject: what is true of it, and what is measured.</summary>
/// <param name="Age">Standardised.</param>
/// <param name="Mutations">0 or 1 by node, shape [genes].</param>
/// <param name="Activity">Standardised activity by node, shape [genes]; nobody measures it.</param>
/// <param name="ControlRisk">Probability of an event under control.</param>
/// <param name="TreatedRisk">Probability of an event under the drug.</param>
internal sealed record SimulatedSubject(double Age, double[] Mutations, double[] Activity, double ControlRisk, double TreatedRisk)
{
    public SubjectId Id { get; init; }

    public bool IsTreated { get; init; }

    public bool Occurred { get; init; }

    /// <summary>Uniform; below the probability of being selected the subject is in the external cohort.</summary>
    public double SelectionDraw { get; init; }

    /// <summary>Measured, shape [genes]; NaN where missing.</summary>
    public float[] Expression { get; init; } = [];

    /// <summary>Measured, shape [genes]; NaN where missing.</summary>
    public float[] Protein { get; init; } = [];

    public double MutationCount => Mutations.Sum();
}
