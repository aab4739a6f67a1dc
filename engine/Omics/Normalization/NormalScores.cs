using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>What <see cref="RankInverseNormal"/> has learnt: the training values of each feature and the score of each. Missing stays missing.</summary>
/// <remarks>Source: [Blom1958].</remarks>
public sealed class NormalScores : FittedTransform
{
    internal const string StepName = "rank inverse normal";

    private const double BlomOffset = 0.375;

    /// <summary>Features whose training values stay near the processor while all subjects pass: a cache line of a row.</summary>
    private const int FeaturesAtOnce = 16;

    private readonly double[][] _scores;

    /// <param name="unit">UCUM code of the training values.</param>
    /// <param name="features">Shape [features].</param>
    /// <param name="seen">Training values of each feature, shape [features].</param>
    /// <exception cref="ArgumentException">Not one for each feature, or values that contradict themselves.</exception>
    public NormalScores(string unit, IReadOnlyList<string> features, IReadOnlyList<SeenValues> seen)
        : base(StepName, unit, features, "1", features)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Count != features.Count)
        {
            throw new ArgumentException($"There are {features.Count} features and the training values of {seen.Count}.", nameof(seen));
        }

        Seen = seen;
        _scores = [.. seen.Select(Scores)];
    }

    /// <summary>Training values of each feature, shape [features].</summary>
    public IReadOnlyList<SeenValues> Seen { get; }

    private protected override float[] Compute(SubjectLayer layer)
    {
        var values = new float[layer.SubjectCount * layer.FeatureCount];
        for (var first = 0; first < layer.FeatureCount; first += FeaturesAtOnce)
        {
            var end = Math.Min(first + FeaturesAtOnce, layer.FeatureCount);
            for (var s = 0; s < layer.SubjectCount; s++)
            {
                var row = layer.Layer.Row(s);
                for (var f = first; f < end; f++)
                {
                    values[(s * row.Length) + f] = float.IsNaN(row[f]) ? float.NaN : (float)PiecewiseLine.At(Seen[f].Values, _scores[f], row[f]);
                }
            }
        }

        return values;
    }

    private static double[] Scores(SeenValues seen)
    {
        seen.Check();
        var (total, scores, start) = (seen.Total, new double[seen.Values.Length], 0L);
        for (var k = 0; k < scores.Length; k++)
        {
            // Ranks start + 1 to end have this mean.
            var end = start + (seen.Counts?[k] ?? 1);
            var rank = 0.5 * (start + 1 + end);
            scores[k] = Normal.Quantile((rank - BlomOffset) / (total - (2 * BlomOffset) + 1));
            start = end;
        }

        return scores;
    }
}
