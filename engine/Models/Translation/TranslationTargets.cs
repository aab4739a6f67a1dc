using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Translation;

/// <summary>The features of a layer that vary, standardised, row-major [subjects, features]; NaN where missing.</summary>
/// <param name="Features">Index in the layer of each, shape [features].</param>
/// <param name="Means">Of the training subjects, in the unit of the layer, shape [features].</param>
/// <param name="Deviations">Likewise.</param>
/// <param name="Values">Shape [subjects, features].</param>
internal sealed record TranslationTargets(int[] Features, double[] Means, double[] Deviations, double[] Values)
{
    public int Count => Features.Length;

    /// <param name="layer">Of the training subjects.</param>
    /// <param name="leastCount">Fewest subjects with a value of a feature.</param>
    public static TranslationTargets Of(SubjectLayer layer, int leastCount)
    {
        List<int> features = [];
        List<double> means = [], deviations = [];
        for (var f = 0; f < layer.FeatureCount; f++)
        {
            var observed = Observed(layer, f);
            var mean = observed.Length == 0 ? 0 : observed.Average();
            var deviation = observed.Length == 0 ? 0 : Math.Sqrt(observed.Average(v => (v - mean) * (v - mean)));
            if (observed.Length >= leastCount && deviation > 1e-9 * Math.Max(1e-30, Math.Abs(mean)))
            {
                features.Add(f);
                means.Add(mean);
                deviations.Add(deviation);
            }
        }

        var values = new double[layer.SubjectCount * features.Count];
        for (var i = 0; i < layer.SubjectCount; i++)
        {
            var row = layer.Layer.Row(i);
            for (var k = 0; k < features.Count; k++)
            {
                values[(i * features.Count) + k] = (row[features[k]] - means[k]) / deviations[k];
            }
        }

        return new TranslationTargets([.. features], [.. means], [.. deviations], values);
    }

    public static int CountObserved(SubjectLayer layer, int feature) => Observed(layer, feature).Length;

    private static double[] Observed(SubjectLayer layer, int feature) =>
        [.. Enumerable.Range(0, layer.SubjectCount).Select(i => (double)layer.Layer.Row(i)[feature]).Where(v => !double.IsNaN(v))];
}
