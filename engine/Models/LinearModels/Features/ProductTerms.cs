using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.LinearModels.Features;

/// <summary>Products of two sets of standardised features, standardised in turn over the training subjects and cut like them.</summary>
internal sealed class ProductTerms
{
    private const double Limit = 8;

    private readonly (int First, int Second)[] _pairs;
    private readonly double[] _means;
    private readonly double[] _scales;

    private ProductTerms((int First, int Second)[] pairs, double[] means, double[] scales, string[] names) =>
        (_pairs, _means, _scales, Names) = (pairs, means, scales, names);

    public IReadOnlyList<string> Names { get; }

    /// <summary>Every pair that varies over the training subjects.</summary>
    public static ProductTerms Fit(FeatureMatrix first, FeatureMatrix second, IEnumerable<(int First, int Second)> pairs)
    {
        var kept = new List<(int First, int Second)>();
        var (means, scales, names) = (new List<double>(), new List<double>(), new List<string>());
        foreach (var pair in pairs)
        {
            double sum = 0, squares = 0;
            for (var i = 0; i < first.SubjectCount; i++)
            {
                var value = first.Row(i)[pair.First] * second.Row(i)[pair.Second];
                sum += value;
                squares += value * value;
            }

            var mean = sum / first.SubjectCount;
            var variance = (squares / first.SubjectCount) - (mean * mean);
            if (variance > 1e-6)
            {
                kept.Add(pair);
                means.Add(mean);
                scales.Add(Math.Sqrt(variance));
                names.Add(Name(first.Names[pair.First], second.Names[pair.Second]));
            }
        }

        return new ProductTerms([.. kept], [.. means], [.. scales], [.. names]);
    }

    public void Write(ModelWriter writer)
    {
        writer.Ints([.. _pairs.SelectMany(p => new[] { p.First, p.Second })]);
        writer.Numbers(_means);
        writer.Numbers(_scales);
    }

    /// <param name="reader">Where they stand.</param>
    /// <param name="first">Names of the first features.</param>
    /// <param name="second">Names of the second features.</param>
    public static ProductTerms Read(ModelReader reader, IReadOnlyList<string> first, IReadOnlyList<string> second)
    {
        var places = reader.Ints();
        (int First, int Second)[] pairs = [.. Enumerable.Range(0, places.Length / 2).Select(k => (places[2 * k], places[(2 * k) + 1]))];
        reader.Require(
            places.Length % 2 == 0 && pairs.All(p => (uint)p.First < (uint)first.Count && (uint)p.Second < (uint)second.Count),
            $"features are multiplied that are none of {first.Count} and {second.Count}");
        return new ProductTerms(
            pairs, reader.Numbers(pairs.Length, "means of products"), reader.Numbers(pairs.Length, "scales of products"), [.. pairs.Select(p => Name(first[p.First], second[p.Second]))]);
    }

    private static string Name(string first, string second) => $"{first} x {second}";

    public FeatureMatrix Encode(FeatureMatrix first, FeatureMatrix second)
    {
        var values = new double[first.SubjectCount * _pairs.Length];
        for (var i = 0; i < first.SubjectCount; i++)
        {
            var a = first.Row(i);
            var b = second.Row(i);
            for (var k = 0; k < _pairs.Length; k++)
            {
                values[(i * _pairs.Length) + k] = Math.Clamp(((a[_pairs[k].First] * b[_pairs[k].Second]) - _means[k]) / _scales[k], -Limit, Limit);
            }
        }

        return new FeatureMatrix(Names, values, first.SubjectCount);
    }
}
