using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Models.Perturbation;

/// <summary>Where genes are among the features of layers, and what training values each feature had.</summary>
internal sealed class GeneIndex
{
    private readonly Dictionary<(int Layer, string Gene), int> _places = [];
    private readonly FeatureValues?[][] _values;

    public GeneIndex(SubjectInputs training, GeneCatalog? catalog)
    {
        Training = training;
        _values = [.. training.Layers.Select(l => new FeatureValues?[l.FeatureCount])];
        for (var l = 0; l < training.Layers.Count; l++)
        {
            var features = training.Layers[l].Layer.Features;
            for (var f = 0; f < features.Count; f++)
            {
                // A symbol goes before an alias of the same gene.
                var gene = GeneOf(features[f], catalog);
                if (!_places.ContainsKey((l, gene)) || features[f] == gene)
                {
                    _places[(l, gene)] = f;
                }
            }
        }

        Genes = [.. _places.Keys.Select(k => k.Gene).Distinct().Order(StringComparer.Ordinal)];
    }

    public SubjectInputs Training { get; }

    /// <summary>Genes that a layer holds, and features that are no gene.</summary>
    public IReadOnlyList<string> Genes { get; }

    /// <summary>Feature of a gene in a layer; -1 where it has none.</summary>
    public int PlaceOf(int layer, string gene) => _places.GetValueOrDefault((layer, gene), -1);

    public FeatureValues ValuesOf(int layer, int feature) => _values[layer][feature] ??= FeatureValues.Of(Training.Layers[layer], feature);

    private static string GeneOf(string feature, GeneCatalog? catalog) => catalog?.Resolve(feature).Symbol?.Value ?? feature;
}

/// <summary>Training values of a feature.</summary>
/// <param name="Sorted">Ascending, missing ones left out.</param>
/// <param name="Deviation">Their standard deviation; 0 where they do not vary.</param>
internal sealed record FeatureValues(double[] Sorted, double Deviation)
{
    public static FeatureValues Of(Omics.Layers.SubjectLayer layer, int feature)
    {
        double[] sorted = [.. Enumerable.Range(0, layer.SubjectCount).Select(i => (double)layer.Layer.Row(i)[feature]).Where(v => !double.IsNaN(v)).Order()];
        var mean = sorted.Length == 0 ? 0 : sorted.Average();
        return new FeatureValues(sorted, sorted.Length == 0 ? 0 : Math.Sqrt(sorted.Average(v => (v - mean) * (v - mean))));
    }

    public double Quantile(double probability) => SampleQuantile.OfSorted(Sorted, probability);
}
