namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>What inner folds choose.</summary>
/// <param name="Kind">How samples are alike.</param>
/// <param name="PartWeights">Weight of each layer (and the covariates) in that, not negative, sum 1.</param>
/// <param name="Own">What a sample has beside its features, under all treatments alike; in units of the likeness of a sample with itself.</param>
/// <param name="Noise">Variance of one value, in the same units.</param>
/// <param name="Mix">How treatments are alike.</param>
internal sealed record RidgeChoice(SimilarityKind Kind, double[] PartWeights, double Own, double Noise, TreatmentMix Mix);
