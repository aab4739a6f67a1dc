using DigitalTwin.Models.Encoding;

namespace DigitalTwin.Models.Trees.Features;

/// <summary>Features cut into at most 255 ordered bins, one byte a value, one feature after another: what splits are searched on. A feature with no more
/// different values than bins loses nothing; of others the bins hold about equally many subjects. Missing values have a bin of their own.</summary>
/// <remarks>Source: [Ke2017] section 2. The bins look at no outcome.</remarks>
internal sealed class BinnedFeatures
{
    /// <summary>Bin of a missing value.</summary>
    public const int MissingBin = 255;

    /// <summary>Bins for values that are there: 0 to 254.</summary>
    public const int MaximumBinCount = 255;

    private readonly byte[] _bins;
    private readonly double[][] _edges;

    private BinnedFeatures(byte[] bins, double[][] edges, int subjectCount) => (_bins, _edges, SubjectCount) = (bins, edges, subjectCount);

    public int SubjectCount { get; }

    public int FeatureCount => _edges.Length;

    /// <summary>Bin of each subject in a feature, shape [subjects].</summary>
    public ReadOnlySpan<byte> Of(int feature) => _bins.AsSpan(feature * SubjectCount, SubjectCount);

    public int BinCount(int feature) => _edges[feature].Length + 1;

    /// <summary>The largest value that still goes with the bins up to this one; infinite after the last, where only missing values are left.</summary>
    public double Threshold(int feature, int bin) => bin < _edges[feature].Length ? _edges[feature][bin] : double.PositiveInfinity;

    public static BinnedFeatures Fit(FeatureMatrix features, int maximumBinCount = MaximumBinCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumBinCount, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maximumBinCount, MaximumBinCount);
        var (n, p) = (features.SubjectCount, features.FeatureCount);
        var bins = new byte[n * p];
        var edges = new double[p][];
        var values = new double[n];
        for (var f = 0; f < p; f++)
        {
            var count = 0;
            for (var i = 0; i < n; i++)
            {
                var value = features.Values[(i * p) + f];
                if (!double.IsNaN(value))
                {
                    values[count++] = value;
                }
            }

            edges[f] = Edges(values.AsSpan(0, count), maximumBinCount);
            for (var i = 0; i < n; i++)
            {
                var value = features.Values[(i * p) + f];
                bins[(f * n) + i] = double.IsNaN(value) ? (byte)MissingBin : (byte)BinOf(edges[f], value);
            }
        }

        return new BinnedFeatures(bins, edges, n);
    }

    /// <summary>The chosen subjects under the same bins.</summary>
    public BinnedFeatures Take(ReadOnlySpan<int> rows)
    {
        var taken = new byte[rows.Length * FeatureCount];
        for (var f = 0; f < FeatureCount; f++)
        {
            var source = Of(f);
            var target = taken.AsSpan(f * rows.Length, rows.Length);
            for (var i = 0; i < rows.Length; i++)
            {
                target[i] = source[rows[i]];
            }
        }

        return new BinnedFeatures(taken, _edges, rows.Length);
    }

    private static int BinOf(double[] edges, double value)
    {
        var place = Array.BinarySearch(edges, value);
        return place >= 0 ? place : ~place;
    }

    /// <summary>Edges between neighbouring bins, halfway between the values beside them.</summary>
    private static double[] Edges(Span<double> values, int maximumBinCount)
    {
        values.Sort();
        var distinct = 0;
        for (var i = 0; i < values.Length; i++)
        {
            distinct += i == 0 || values[i] != values[i - 1] ? 1 : 0;
        }

        var edges = new List<double>();
        var (filled, binsLeft) = (0, Math.Min(distinct, maximumBinCount));
        for (var start = 0; start < values.Length;)
        {
            // One run of equal values at a time; a bin closes once it has its share of the values that were left.
            var end = start + 1;
            while (end < values.Length && values[end] == values[start])
            {
                end++;
            }

            var share = (values.Length - filled) / (double)binsLeft;
            if (end < values.Length && binsLeft > 1 && (distinct <= maximumBinCount || end - filled >= share))
            {
                var middle = values[start] + ((values[end] - values[start]) / 2);
                edges.Add(middle < values[end] ? middle : values[start]);
                filled = end;
                binsLeft--;
            }

            start = end;
        }

        return [.. edges];
    }
}
