using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Models.Encoding;

/// <summary>Turns one omics layer into standardised numbers the way training subjects taught: features that vary, training mean 0 and standard deviation 1
/// after values beyond 5 of them were cut; a missing value becomes 0, the mean.</summary>
/// <remarks>Mean and scale are computed twice, before and after the cut, so that a heavy tail does not set the scale of its feature.</remarks>
public sealed class LayerEncoding
{
    private const double Limit = 5;

    private readonly string[] _features;
    private readonly string _unit;
    private readonly int[] _kept;
    private readonly Moments[] _first;
    private readonly Moments[] _second;

    private LayerEncoding(SubjectLayer training, int[] kept, Moments[] first, Moments[] second)
    {
        (Name, _unit, _features) = (training.Layer.Name, training.Layer.Unit, [.. training.Layer.Features]);
        (_kept, _first, _second) = (kept, first, second);
        Names = [.. kept.Select(f => $"{Name}:{_features[f]}")];
    }

    /// <summary>Name of the layer.</summary>
    public string Name { get; }

    /// <summary>Shape [features kept].</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Feature of the layer behind each number, shape [features kept].</summary>
    public IReadOnlyList<string> Features => [.. _kept.Select(f => _features[f])];

    public static LayerEncoding Fit(SubjectLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var kept = new List<int>();
        List<Moments> first = [], second = [];
        var column = new double[training.SubjectCount];
        for (var f = 0; f < training.FeatureCount; f++)
        {
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = training.Layer.Row(i)[f];
            }

            var before = Moments.Of(column);
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = before.Standardize(column[i]);
            }

            var after = Moments.Of(column);
            if (before.Scale > 0 && after.Scale > 0)
            {
                kept.Add(f);
                first.Add(before);
                second.Add(after);
            }
        }

        return new LayerEncoding(training, [.. kept], [.. first], [.. second]);
    }

    /// <param name="layer">The same layer of any subjects.</param>
    /// <exception cref="ArgumentException">Another unit, or other features, than in training.</exception>
    public FeatureMatrix Encode(SubjectLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        if (layer.Layer.Name != Name || layer.Layer.Unit != _unit || !layer.Layer.Features.SequenceEqual(_features, StringComparer.Ordinal))
        {
            throw new ArgumentException(
                $"Layer '{layer.Layer.Name}' ({layer.Layer.Unit}, {layer.FeatureCount} features) is not the layer of training: '{Name}' ({_unit}, {_features.Length} features).");
        }

        var values = new double[layer.SubjectCount * _kept.Length];
        for (var i = 0; i < layer.SubjectCount; i++)
        {
            var row = layer.Layer.Row(i);
            for (var k = 0; k < _kept.Length; k++)
            {
                var value = _second[k].Standardize(_first[k].Standardize(row[_kept[k]]));
                values[(i * _kept.Length) + k] = double.IsNaN(value) ? 0 : value;
            }
        }

        return new FeatureMatrix(Names, values, layer.SubjectCount);
    }

    /// <summary>Whether the subject has any value in this layer.</summary>
    public static bool IsPresent(SubjectLayer layer, int subject)
    {
        ArgumentNullException.ThrowIfNull(layer);
        foreach (var value in layer.Layer.Row(subject))
        {
            if (!float.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private readonly record struct Moments(double Mean, double Scale)
    {
        public double Standardize(double value) => double.IsNaN(value) ? value : Math.Clamp((value - Mean) / Scale, -Limit, Limit);

        public static Moments Of(ReadOnlySpan<double> values)
        {
            double sum = 0, squares = 0;
            var count = 0;
            foreach (var value in values)
            {
                if (!double.IsNaN(value))
                {
                    sum += value;
                    count++;
                }
            }

            var mean = sum / count;
            foreach (var value in values)
            {
                squares += double.IsNaN(value) ? 0 : (value - mean) * (value - mean);
            }

            return new Moments(mean, count > 0 ? Math.Sqrt(squares / count) : 0);
        }
    }
}
