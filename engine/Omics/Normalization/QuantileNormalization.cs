using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Normalization;

/// <summary>Quantile normalisation: every subject gets the distribution over features that training subjects have on average. Ties get the mean of
/// their ranks; a subject with missing values is read at the same relative ranks.</summary>
/// <remarks>Source: [Bolstad2003]. On training subjects it agrees with R <c>limma::normalizeQuantiles</c>, ties and missing values included; new
/// subjects are brought to the distribution of training.</remarks>
public sealed class QuantileNormalization : IOmicsTransform
{
    public string Name => "quantile normalisation";

    /// <exception cref="AllMissingSubjectException">A training subject has no value.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        var layer = training.Values;
        var target = new double[layer.FeatureCount];
        var empty = new List<string>();
        for (var s = 0; s < layer.SubjectCount; s++)
        {
            var sorted = Sorted(layer.Layer.Row(s), out _);
            if (sorted.Length == 0)
            {
                empty.Add(layer.Subjects[s].Value);
                continue;
            }

            for (var f = 0; f < target.Length; f++)
            {
                target[f] += PiecewiseLine.AtPlace(sorted, Place(f, target.Length, sorted.Length));
            }
        }

        if (empty.Count > 0)
        {
            throw new AllMissingSubjectException(layer.Layer.Name, Name, empty);
        }

        for (var f = 0; f < target.Length; f++)
        {
            target[f] /= layer.SubjectCount;
        }

        return new Fitted(Name, layer, target);
    }

    /// <summary>Where entry <paramref name="index"/> of a list stands in a list of another length, first on first and last on last.</summary>
    private static double Place(double index, int length, int otherLength) => length < 2 ? 0.5 * (otherLength - 1) : index / (length - 1) * (otherLength - 1);

    private static double[] Sorted(ReadOnlySpan<float> row, out int[] features)
    {
        var values = new List<double>(row.Length);
        var places = new List<int>(row.Length);
        for (var f = 0; f < row.Length; f++)
        {
            if (!float.IsNaN(row[f]))
            {
                values.Add(row[f]);
                places.Add(f);
            }
        }

        double[] sorted = [.. values];
        features = [.. places];
        Array.Sort(sorted, features);
        return sorted;
    }

    private sealed class Fitted(string name, SubjectLayer training, double[] target) : FittedTransform(name, training)
    {
        private protected override float[] Compute(SubjectLayer layer)
        {
            var values = new float[layer.SubjectCount * layer.FeatureCount];
            Array.Fill(values, float.NaN);
            for (var s = 0; s < layer.SubjectCount; s++)
            {
                var sorted = Sorted(layer.Layer.Row(s), out var features);
                for (var start = 0; start < sorted.Length;)
                {
                    var end = start + 1;
                    while (end < sorted.Length && sorted[end] == sorted[start])
                    {
                        end++;
                    }

                    var rank = 0.5 * (start + end - 1);
                    var value = (float)PiecewiseLine.AtPlace(target, Place(rank, sorted.Length, target.Length));
                    for (var k = start; k < end; k++)
                    {
                        values[(s * layer.FeatureCount) + features[k]] = value;
                    }

                    start = end;
                }
            }

            return values;
        }
    }
}
