using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Filters;

/// <summary>Goes through the bounds of a filter, one after another, over the features that still stand.</summary>
internal sealed class FeatureSelection
{
    private readonly SubjectLayer _layer;
    private readonly DroppedFeature?[] _fallen;
    private readonly double[] _variances;

    public FeatureSelection(SubjectLayer layer, FeatureFilterOptions options)
    {
        _layer = layer;
        _fallen = new DroppedFeature?[layer.FeatureCount];
        _variances = new double[layer.FeatureCount];
        for (var f = 0; f < _fallen.Length; f++)
        {
            ByItself(f, options);
        }

        KeepHighestVariances(options.HighestVarianceCount);
        DropCorrelated(options.MostCorrelation);
        Kept = [.. Standing()];
        Dropped = [.. _fallen.OfType<DroppedFeature>()];
    }

    public IReadOnlyList<int> Kept { get; }

    public IReadOnlyList<DroppedFeature> Dropped { get; }

    private IEnumerable<int> Standing() => Enumerable.Range(0, _fallen.Length).Where(f => _fallen[f] is null);

    private IEnumerable<int> StandingByVariance() => Standing().OrderByDescending(f => _variances[f]).ThenBy(f => f);

    private void Drop(int feature, FilterReason reason, double value, double bound, int keptInstead = -1) => _fallen[feature] = new DroppedFeature(
        _layer.Layer.Features[feature], reason, value, bound, keptInstead < 0 ? null : _layer.Layer.Features[keptInstead]);

    private void ByItself(int feature, FeatureFilterOptions options)
    {
        var values = _layer.Observed(feature);
        _variances[feature] = FeatureMoments.Of(values).Variance;
        var missing = 1 - ((double)values.Length / _layer.SubjectCount);
        var zeros = values.Length == 0 ? 0 : (double)values.Count(v => v == 0) / values.Length;
        if (missing > options.MostMissing)
        {
            Drop(feature, FilterReason.Missing, missing, options.MostMissing.Value);
        }
        else if (zeros > options.MostZeros)
        {
            Drop(feature, FilterReason.Zeros, zeros, options.MostZeros.Value);
        }
        else if (_variances[feature] <= options.LeastVariance)
        {
            Drop(feature, FilterReason.LowVariance, _variances[feature], options.LeastVariance.Value);
        }
    }

    private void KeepHighestVariances(int? count)
    {
        if (count is not { } most)
        {
            return;
        }

        foreach (var feature in StandingByVariance().Skip(most).ToArray())
        {
            Drop(feature, FilterReason.NotAmongTheHighestVariances, _variances[feature], most);
        }
    }

    private void DropCorrelated(double? bound)
    {
        if (bound is not { } most)
        {
            return;
        }

        var columns = new Dictionary<int, float[]>();
        foreach (var feature in StandingByVariance().ToArray())
        {
            var column = Column(feature);
            var twin = columns.Select(c => (c.Key, Correlation: Correlation(column, c.Value))).FirstOrDefault(c => Math.Abs(c.Correlation) > most, (-1, 0));
            if (twin.Item1 >= 0)
            {
                Drop(feature, FilterReason.Correlated, twin.Item2, most, twin.Item1);
            }
            else
            {
                columns.Add(feature, column);
            }
        }
    }

    private float[] Column(int feature)
    {
        var column = new float[_layer.SubjectCount];
        for (var s = 0; s < column.Length; s++)
        {
            column[s] = _layer.Layer.Row(s)[feature];
        }

        return column;
    }

    /// <summary>Pearson's correlation over the subjects that have both; 0 where one of them does not vary there.</summary>
    private static double Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double meanA = 0, meanB = 0;
        var count = 0;
        for (var s = 0; s < a.Length; s++)
        {
            if (!float.IsNaN(a[s]) && !float.IsNaN(b[s]))
            {
                meanA += a[s];
                meanB += b[s];
                count++;
            }
        }

        meanA /= count;
        meanB /= count;
        double squaresA = 0, squaresB = 0, products = 0;
        for (var s = 0; s < a.Length; s++)
        {
            if (!float.IsNaN(a[s]) && !float.IsNaN(b[s]))
            {
                squaresA += (a[s] - meanA) * (a[s] - meanA);
                squaresB += (b[s] - meanB) * (b[s] - meanB);
                products += (a[s] - meanA) * (b[s] - meanB);
            }
        }

        return squaresA > 0 && squaresB > 0 ? products / Math.Sqrt(squaresA * squaresB) : 0;
    }
}
