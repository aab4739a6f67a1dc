using DigitalTwin.Omics.Faults;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Missing;

/// <summary>Fills a missing value with the mean of the same feature over the nearest training subjects that have it. The distance of two subjects is
/// the root mean square of their differences, each over the training deviation of its feature, over the features both have. Where no training subject
/// shares a feature, the training mean stands.</summary>
/// <param name="neighborCount">How many training subjects speak for a value, at least 1.</param>
/// <exception cref="ArgumentOutOfRangeException">The number is below 1.</exception>
/// <remarks>Source: [Troyanskaya2001], with subjects as neighbours. A training subject is no neighbour of itself. Equal distances are taken in the order
/// of the training subjects. Cost: new subjects x training subjects x features.</remarks>
public sealed class NearestNeighborImputation(int neighborCount = 10) : IOmicsTransform
{
    private readonly int _neighborCount = neighborCount >= 1
        ? neighborCount
        : throw new ArgumentOutOfRangeException(nameof(neighborCount), neighborCount, "At least 1 neighbour speaks for a value.");

    public string Name => "nearest-neighbour imputation";

    /// <exception cref="AllMissingFeatureException">A feature has no training value.</exception>
    public FittedTransform Fit(TrainingLayer training)
    {
        ArgumentNullException.ThrowIfNull(training);
        FeatureChecks.RefuseUnseen(training.Values, Name);
        return new Fitted(Name, training.Values, _neighborCount);
    }

    private sealed class Fitted : FittedTransform
    {
        private readonly SubjectLayer _training;
        private readonly int _neighborCount;
        private readonly double[] _means;
        private readonly double[] _scales;

        public Fitted(string name, SubjectLayer training, int neighborCount)
            : base(name, training)
        {
            _training = training;
            _neighborCount = neighborCount;
            FeatureMoments[] moments = [.. Enumerable.Range(0, training.FeatureCount).Select(f => FeatureMoments.Of(training.Observed(f)))];
            _means = [.. moments.Select(m => m.Mean)];
            _scales = [.. moments.Select(m => m.Variance > 0 ? 1 / m.Deviation : 0)];
        }

        /// <exception cref="AllMissingSubjectException">A subject has no value to find neighbours by.</exception>
        private protected override float[] Compute(SubjectLayer layer)
        {
            var empty = Enumerable.Range(0, layer.SubjectCount).Where(s => IsEmpty(layer.Layer.Row(s))).Select(s => layer.Subjects[s].Value).ToArray();
            if (empty.Length > 0)
            {
                throw new AllMissingSubjectException(layer.Layer.Name, Name, empty);
            }

            var values = new float[layer.SubjectCount * layer.FeatureCount];
            Parallel.For(0, layer.SubjectCount, s => Fill(layer, s, values.AsSpan(s * layer.FeatureCount, layer.FeatureCount)));
            return values;
        }

        private static bool IsEmpty(ReadOnlySpan<float> row)
        {
            foreach (var value in row)
            {
                if (!float.IsNaN(value))
                {
                    return false;
                }
            }

            return true;
        }

        private void Fill(SubjectLayer layer, int subject, Span<float> filled)
        {
            var row = layer.Layer.Row(subject);
            row.CopyTo(filled);
            int[]? nearest = null;
            for (var f = 0; f < row.Length; f++)
            {
                if (float.IsNaN(row[f]))
                {
                    nearest ??= Nearest(layer, subject);
                    filled[f] = Mean(nearest, f);
                }
            }
        }

        private float Mean(int[] nearest, int feature)
        {
            double sum = 0;
            var count = 0;
            for (var i = 0; i < nearest.Length && count < _neighborCount; i++)
            {
                var value = _training.Layer.Row(nearest[i])[feature];
                if (!float.IsNaN(value))
                {
                    sum += value;
                    count++;
                }
            }

            return (float)(count > 0 ? sum / count : _means[feature]);
        }

        /// <summary>Training subjects that share a feature, nearest first.</summary>
        private int[] Nearest(SubjectLayer layer, int subject)
        {
            var row = layer.Layer.Row(subject);
            var near = new List<(double Distance, int Place)>();
            for (var t = 0; t < _training.SubjectCount; t++)
            {
                var distance = Distance(row, _training.Layer.Row(t));
                if (!double.IsNaN(distance) && _training.Subjects[t] != layer.Subjects[subject])
                {
                    near.Add((distance, t));
                }
            }

            near.Sort();
            return [.. near.Select(n => n.Place)];
        }

        private double Distance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
        {
            double sum = 0;
            var shared = 0;
            for (var f = 0; f < a.Length; f++)
            {
                if (!float.IsNaN(a[f]) && !float.IsNaN(b[f]))
                {
                    var difference = (a[f] - b[f]) * _scales[f];
                    sum += difference * difference;
                    shared++;
                }
            }

            return shared == 0 ? double.NaN : Math.Sqrt(sum / shared);
        }
    }
}
