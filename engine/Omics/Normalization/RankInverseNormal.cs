using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>Rank-based inverse normal: a value becomes the normal quantile of (rank - 3/8) / (n + 1/4), its rank being that among the training values
/// of the feature, ties sharing their mean rank. A new value between two training values gets the score between theirs in proportion, one beyond
/// them the score of the nearest.</summary>
/// <remarks>Source: [Blom1958].</remarks>
public sealed class RankInverseNormal : IOmicsTransform
{
    private const double BlomOffset = 0.375;

    public string Name => "rank inverse normal";

    /// <exception cref="Faults.AllMissingFeatureException">A feature has no training value.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureChecks.RefuseUnseen(training.Values, Name);
        var scores = new (double[] Values, double[] Scores)[training.Values.FeatureCount];
        for (var f = 0; f < scores.Length; f++)
        {
            scores[f] = Scores(training.Values.Observed(f));
        }

        return new ElementwiseTransform(Name, training.Values, "1", (f, x) => PiecewiseLine.At(scores[f].Values, scores[f].Scores, x));
    }

    private static (double[] Values, double[] Scores) Scores(double[] values)
    {
        Array.Sort(values);
        var distinct = new List<double>();
        var scores = new List<double>();
        for (var start = 0; start < values.Length;)
        {
            var end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            // Ranks start + 1 to end have this mean.
            var rank = 0.5 * (start + 1 + end);
            distinct.Add(values[start]);
            scores.Add(Normal.Quantile((rank - BlomOffset) / (values.Length - (2 * BlomOffset) + 1)));
            start = end;
        }

        return ([.. distinct], [.. scores]);
    }
}
