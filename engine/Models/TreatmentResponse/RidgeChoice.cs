using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.TreatmentResponse;

/// <summary>What inner folds choose.</summary>
/// <param name="Kind">How samples are alike.</param>
/// <param name="PartWeights">Weight of each layer (and the covariates) in that, not negative, sum 1.</param>
/// <param name="Own">What a sample has beside its features, under all treatments alike; in units of the likeness of a sample with itself.</param>
/// <param name="Noise">Variance of one value, in the same units.</param>
/// <param name="Mix">How treatments are alike.</param>
internal sealed record RidgeChoice(SimilarityKind Kind, double[] PartWeights, double Own, double Noise, TreatmentMix Mix)
{
    public void Write(ModelWriter writer)
    {
        writer.Choice(Kind);
        writer.Numbers(PartWeights);
        writer.Number(Own);
        writer.Number(Noise);
        writer.Text(Mix.Name);
    }

    /// <param name="reader">Where <see cref="Write"/> wrote.</param>
    /// <param name="partCount">Layers, and covariates.</param>
    public static RidgeChoice Read(ModelReader reader, int partCount)
    {
        var (kind, weights, own, noise, name) = (reader.Choice<SimilarityKind>(), reader.Numbers(partCount, "weights of parts"), reader.Finite("own share"), reader.Finite("noise"), reader.Text());
        return new RidgeChoice(kind, weights, own, noise, TreatmentMix.Choices.FirstOrDefault(m => m.Name == name) ?? throw reader.Fault($"there is no mix of treatments '{name}'"));
    }
}
