using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>Rank-based inverse normal: a value becomes the normal quantile of (rank - 3/8) / (n + 1/4), its rank being that among the training values
/// of the feature, ties sharing their mean rank. A new value between two training values gets the score between theirs in proportion, one beyond
/// them the score of the nearest.</summary>
/// <remarks>Source: [Blom1958].</remarks>
public sealed class RankInverseNormal : IOmicsTransform
{
    public string Name => NormalScores.StepName;

    /// <exception cref="Faults.AllMissingFeatureException">A feature has no training value.</exception>
    public FittedTransform Fit(TrainingLayer training) => FitScores(training);

    /// <summary>As <see cref="Fit"/>, by its own type.</summary>
    /// <exception cref="Faults.AllMissingFeatureException">A feature has no training value.</exception>
    public NormalScores FitScores(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureChecks.RefuseUnseen(training.Values, Name);
        var seen = new SeenValues[training.Values.FeatureCount];
        for (var f = 0; f < seen.Length; f++)
        {
            seen[f] = SeenValues.Of(training.Values.Observed(f));
        }

        return new NormalScores(training.Values.Layer.Unit, training.Values.Layer.Features, seen);
    }
}
