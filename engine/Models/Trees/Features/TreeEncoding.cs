using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Trees.Features;

/// <summary>What trees look at: covariates and omics layers as they are, missing values NaN, and an indicator for each arm of training.
/// An arm that training had not is missing in every indicator. Repeated measurements are not looked at.</summary>
internal sealed class TreeEncoding
{
    private readonly CovariateEncoding _covariates;
    private readonly (string Name, string Unit, string[] Features)[] _layers;
    private readonly ArmId[] _arms;

    private TreeEncoding(CovariateEncoding covariates, (string Name, string Unit, string[] Features)[] layers, ArmId[] arms) =>
        (_covariates, _layers, _arms) = (covariates, layers, arms);

    public static TreeEncoding Fit(SubjectInputs training) => new(
        CovariateEncoding.FitRaw(training.Covariates),
        [.. training.Layers.Select(l => (l.Layer.Name, l.Layer.Unit, l.Layer.Features.ToArray()))],
        [.. (training.Treatments?.Treatments ?? []).Select(t => t.Arm)]);

    /// <summary>Numbers of a subject.</summary>
    public int FeatureCount => checked(_covariates.Names.Count + _layers.Sum(l => l.Features.Length) + _arms.Length);

    public void Write(ModelWriter writer)
    {
        _covariates.Write(writer);
        writer.List(_layers, layer =>
        {
            writer.Text(layer.Name);
            writer.Text(layer.Unit);
            writer.Texts(layer.Features);
        });
        writer.Texts([.. _arms.Select(a => a.Value)]);
    }

    public static TreeEncoding Read(ModelReader reader) => new(
        CovariateEncoding.Read(reader), reader.List(() => (reader.Text(), reader.Text(), reader.Texts()), 3 * sizeof(int)), [.. reader.Texts().Select(a => new ArmId(a))]);

    /// <exception cref="ArgumentException">Other covariates, layers, features or units than in training.</exception>
    public FeatureMatrix Encode(SubjectInputs inputs)
    {
        if (inputs.Layers.Count != _layers.Length)
        {
            throw new ArgumentException($"There are {inputs.Layers.Count} layers, training had {_layers.Length}: {string.Join(", ", _layers.Select(l => l.Name))}.", nameof(inputs));
        }

        var parts = new List<FeatureMatrix> { _covariates.Encode(inputs.Covariates, inputs.Count) };
        for (var k = 0; k < _layers.Length; k++)
        {
            parts.Add(Raw(inputs.Layers[k], _layers[k]));
        }

        if (_arms.Length > 0)
        {
            parts.Add(Arms(inputs));
        }

        return FeatureMatrix.Join([.. parts]);
    }

    private static FeatureMatrix Raw(SubjectLayer layer, (string Name, string Unit, string[] Features) expected)
    {
        if (layer.Layer.Name != expected.Name || layer.Layer.Unit != expected.Unit || !layer.Layer.Features.SequenceEqual(expected.Features, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Layer '{layer.Layer.Name}' ({layer.Layer.Unit}, {layer.FeatureCount} features) is not the layer of training: "
                + $"'{expected.Name}' ({expected.Unit}, {expected.Features.Length} features).");
        }

        var values = new double[layer.SubjectCount * layer.FeatureCount];
        for (var i = 0; i < layer.SubjectCount; i++)
        {
            var row = layer.Layer.Row(i);
            for (var f = 0; f < row.Length; f++)
            {
                values[(i * row.Length) + f] = row[f];
            }
        }

        return new FeatureMatrix([.. expected.Features.Select(f => $"{expected.Name}:{f}")], values, layer.SubjectCount);
    }

    private FeatureMatrix Arms(SubjectInputs inputs)
    {
        var values = new double[inputs.Count * _arms.Length];
        for (var i = 0; i < inputs.Count; i++)
        {
            var place = inputs.Treatments is { } treatments ? Array.IndexOf(_arms, treatments.Of(i).Arm) : -1;
            var row = values.AsSpan(i * _arms.Length, _arms.Length);
            row.Fill(place < 0 ? double.NaN : 0);
            if (place >= 0)
            {
                row[place] = 1;
            }
        }

        return new FeatureMatrix([.. _arms.Select(a => $"arm={a.Value}")], values, inputs.Count);
    }
}
