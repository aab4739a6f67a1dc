using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Performance;

/// <summary>How often predicted classes are the true ones.</summary>
public static class ClassAgreement
{
    /// <summary>The likeliest class of each subject; of equally likely ones the first.</summary>
    /// <param name="probabilities">Shape [subjects, classes].</param>
    public static int[] Likeliest(RowMajorMatrix probabilities)
    {
        var codes = new int[probabilities.RowCount];
        for (var i = 0; i < codes.Length; i++)
        {
            for (var level = 1; level < probabilities.ColumnCount; level++)
            {
                codes[i] = probabilities[i, level] > probabilities[i, codes[i]] ? level : codes[i];
            }
        }

        return codes;
    }

    /// <summary>Share of subjects whose class is right.</summary>
    /// <param name="codes">True classes, shape [subjects].</param>
    /// <param name="predicted">Shape [subjects].</param>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    public static double Accuracy(ReadOnlySpan<int> codes, ReadOnlySpan<int> predicted)
    {
        PerformanceInput.CheckLength(codes.Length, predicted.Length, nameof(predicted));
        var right = 0;
        for (var i = 0; i < codes.Length; i++)
        {
            right += codes[i] == predicted[i] ? 1 : 0;
        }

        return (double)right / codes.Length;
    }

    /// <summary>Mean, over the classes that occur, of the share of their subjects whose class is right.</summary>
    /// <inheritdoc cref="Accuracy" path="/param"/>
    /// <remarks>Source: [Brodersen2010].</remarks>
    public static double BalancedAccuracy(ReadOnlySpan<int> codes, ReadOnlySpan<int> predicted)
    {
        PerformanceInput.CheckLength(codes.Length, predicted.Length, nameof(predicted));
        var counts = new SortedDictionary<int, (int Right, int All)>();
        for (var i = 0; i < codes.Length; i++)
        {
            var (right, all) = counts.GetValueOrDefault(codes[i]);
            counts[codes[i]] = (right + (codes[i] == predicted[i] ? 1 : 0), all + 1);
        }

        return counts.Values.Average(c => (double)c.Right / c.All);
    }

    /// <summary>Cohen's kappa with squared distances of ordered classes as weights: 1 is full agreement, 0 that of chance.</summary>
    /// <param name="codes">True classes, shape [subjects], 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="predicted">Shape [subjects], 0 to <paramref name="classCount"/> - 1.</param>
    /// <param name="classCount">At least two.</param>
    /// <returns>NaN where both columns are one and the same class.</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Source: [Cohen1968].</remarks>
    public static double QuadraticWeightedKappa(ReadOnlySpan<int> codes, ReadOnlySpan<int> predicted, int classCount)
    {
        PerformanceInput.CheckLength(codes.Length, predicted.Length, nameof(predicted));
        var (trueCounts, predictedCounts) = (new double[classCount], new double[classCount]);
        var observed = 0.0;
        for (var i = 0; i < codes.Length; i++)
        {
            trueCounts[codes[i]]++;
            predictedCounts[predicted[i]]++;
            observed += Square(codes[i] - predicted[i]);
        }

        var expected = 0.0;
        for (var a = 0; a < classCount; a++)
        {
            for (var b = 0; b < classCount; b++)
            {
                expected += Square(a - b) * trueCounts[a] * predictedCounts[b] / codes.Length;
            }
        }

        return expected > 0 ? 1 - (observed / expected) : double.NaN;
    }

    private static double Square(int difference) => (double)difference * difference;
}
