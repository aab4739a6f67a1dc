using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>Robust z: value less the median of training, over the median absolute deviation of training times 1.4826, cut at a limit on both sides.
/// A feature whose deviation is zero (more than half its values equal) is scaled by its standard deviation instead; a constant one by 1.</summary>
/// <param name="limit">Largest size of a score, positive; infinity for no winsorising.</param>
/// <exception cref="ArgumentOutOfRangeException">The limit is not positive.</exception>
/// <remarks>Source: [Hampel1974]; 1.4826 is 1 / the upper quartile of the standard normal, as R's <c>mad</c>.</remarks>
public sealed class RobustScaling(double limit = 5) : IOmicsTransform
{
    private const double NormalConsistency = 1.4826;

    private readonly double _limit = limit > 0 ? limit : throw new ArgumentOutOfRangeException(nameof(limit), limit, "The limit of a score is positive.");

    public string Name => "robust z";

    /// <exception cref="Faults.AllMissingFeatureException">A feature has no training value.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var layer = training.Values;
        FeatureChecks.RefuseUnseen(layer, Name);
        var centres = new double[layer.FeatureCount];
        var scales = new double[layer.FeatureCount];
        for (var f = 0; f < centres.Length; f++)
        {
            var values = layer.Observed(f);
            centres[f] = Median(values);
            var distances = Array.ConvertAll(values, v => Math.Abs(v - centres[f]));
            scales[f] = NormalConsistency * Median(distances);
            scales[f] = scales[f] > 0 ? scales[f] : FeatureMoments.Of(values).Deviation;
            scales[f] = scales[f] > 0 ? scales[f] : 1;
        }

        return new ElementwiseTransform(Name, layer, "1", (f, x) => Math.Clamp((x - centres[f]) / scales[f], -_limit, _limit));
    }

    private static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return SampleQuantile.OfSorted(sorted, 0.5);
    }
}
