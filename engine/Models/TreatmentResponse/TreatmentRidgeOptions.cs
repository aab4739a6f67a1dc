using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>How a <see cref="TreatmentRidgeLearner"/> works.</summary>
public sealed record TreatmentRidgeOptions
{
    public static TreatmentRidgeOptions Default { get; } = new();

    /// <summary>Inner folds of whole samples, from 2.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>Most distinct samples: memory and time grow with their square and cube.</summary>
    public int MostSamples { get; init; } = 3000;

    /// <summary>Network over which targets of drugs are near each other; null counts shared targets alone.</summary>
    public GeneNetwork? Network { get; init; }
}
