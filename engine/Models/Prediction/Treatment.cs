using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Prediction;

/// <summary>What an arm gives, in terms that also hold for an arm never seen in training.</summary>
/// <param name="Arm">Name of the arm.</param>
/// <param name="Drugs">Its drugs; empty for no treatment.</param>
public sealed record Treatment(ArmId Arm, IReadOnlyList<DrugExposure> Drugs);

/// <summary>One drug of an arm.</summary>
/// <param name="Drug">Its name.</param>
/// <param name="RelativeDose">Dose over the usual dose: 1 is the usual one.</param>
/// <param name="Targets">What it acts on; empty where no target is known.</param>
public sealed record DrugExposure(string Drug, double RelativeDose, IReadOnlyList<DrugTarget> Targets);

/// <summary>A gene product that a drug acts on.</summary>
/// <param name="Gene">Approved gene symbol.</param>
/// <param name="Activates">True where the drug raises its activity; most drugs lower it.</param>
public sealed record DrugTarget(string Gene, bool Activates = false);

/// <summary>What each of some subjects received. Immutable.</summary>
/// <param name="treatments">The arms, each once.</param>
/// <param name="indices">Shape [subjects]; index into <paramref name="treatments"/>. Owned from here on.</param>
/// <exception cref="ArgumentException">An index is out of range, or an arm stands twice.</exception>
public sealed class TreatmentColumn(IReadOnlyList<Treatment> treatments, int[] indices)
{
    private readonly int[] _indices = Checked(treatments, indices);

    public IReadOnlyList<Treatment> Treatments { get; } = treatments;

    /// <summary>Shape [subjects]; index into <see cref="Treatments"/>.</summary>
    public ReadOnlySpan<int> Indices => _indices;

    public int Count => _indices.Length;

    /// <summary>Everybody under one arm.</summary>
    public static TreatmentColumn Everybody(IReadOnlyList<Treatment> treatments, int arm, int subjectCount)
    {
        var indices = new int[subjectCount];
        Array.Fill(indices, arm);
        return new TreatmentColumn(treatments, indices);
    }

    public Treatment Of(int subject) => Treatments[_indices[subject]];

    public TreatmentColumn Take(ReadOnlySpan<int> subjects)
    {
        var taken = new int[subjects.Length];
        for (var i = 0; i < taken.Length; i++)
        {
            taken[i] = _indices[subjects[i]];
        }

        return new TreatmentColumn(Treatments, taken);
    }

    private static int[] Checked(IReadOnlyList<Treatment> treatments, int[] indices)
    {
        ArgumentNullException.ThrowIfNull(treatments);
        ArgumentNullException.ThrowIfNull(indices);
        if (treatments.Select(t => t.Arm).Distinct().Count() != treatments.Count)
        {
            throw new ArgumentException("An arm stands twice among the treatments.", nameof(treatments));
        }

        var outside = Array.FindIndex(indices, k => (uint)k >= (uint)treatments.Count);
        return outside < 0
            ? indices
            : throw new ArgumentException($"Subject {outside} has arm {indices[outside]}; there are arms 0 to {treatments.Count - 1}.", nameof(indices));
    }
}
