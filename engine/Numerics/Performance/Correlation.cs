namespace DigitalTwin.Numerics.Performance;

/// <summary>How two columns go together.</summary>
public static class Correlation
{
    /// <summary>Pearson's r.</summary>
    /// <param name="x">Shape [subjects], finite.</param>
    /// <param name="y">Shape [subjects], finite.</param>
    /// <returns>NaN with fewer than two subjects or where a column does not vary.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is not finite.</exception>
    public static double Pearson(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        PerformanceInput.CheckLength(x.Length, y.Length, nameof(y));
        PerformanceInput.CheckFinite(x, nameof(x));
        PerformanceInput.CheckFinite(y, nameof(y));
        // Asked of the values themselves: rounding gives a constant column a mean that is not quite it.
        if (x.Length < 2 || x.IndexOfAnyExcept(x[0]) < 0 || y.IndexOfAnyExcept(y[0]) < 0)
        {
            return double.NaN;
        }

        var (meanX, meanY) = (0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            meanX += x[i];
            meanY += y[i];
        }

        (meanX, meanY) = (meanX / x.Length, meanY / x.Length);
        var (xx, xy, yy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Length; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, xy, yy) = (xx + (dx * dx), xy + (dx * dy), yy + (dy * dy));
        }

        return xx > 0 && yy > 0 ? Math.Clamp(xy / Math.Sqrt(xx) / Math.Sqrt(yy), -1, 1) : double.NaN;
    }

    /// <summary>Spearman's rank correlation: Pearson's r of the ranks, ties at their mean rank [Spearman1904].</summary>
    /// <inheritdoc cref="Pearson" path="/exception"/>
    public static double Spearman(ReadOnlySpan<double> x, ReadOnlySpan<double> y)
    {
        PerformanceInput.CheckFinite(x, nameof(x));
        PerformanceInput.CheckFinite(y, nameof(y));
        return Pearson(Ranks(x), Ranks(y));
    }

    /// <summary>Mean of Pearson's r over the groups in which it exists: how well subjects are told apart within a group, for instance cell lines under one
    /// drug, where a difference between groups would pass for skill.</summary>
    /// <param name="x">Shape [subjects], finite.</param>
    /// <param name="y">Shape [subjects], finite.</param>
    /// <param name="groups">Shape [subjects]; below 0 for none.</param>
    /// <param name="smallestGroup">Groups of fewer subjects are left out; at least 3.</param>
    /// <returns>NaN where no group is large enough and varies in both columns.</returns>
    public static double PearsonWithin(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<int> groups, int smallestGroup = 3)
    {
        PerformanceInput.CheckLength(x.Length, groups.Length, nameof(groups));
        ArgumentOutOfRangeException.ThrowIfLessThan(smallestGroup, 3);
        var members = new SortedDictionary<int, List<(double X, double Y)>>();
        for (var i = 0; i < groups.Length; i++)
        {
            if (groups[i] >= 0)
            {
                if (!members.TryGetValue(groups[i], out var list))
                {
                    members.Add(groups[i], list = []);
                }

                list.Add((x[i], y[i]));
            }
        }

        double[] correlations = [.. members.Values.Where(m => m.Count >= smallestGroup)
            .Select(m => Pearson([.. m.Select(p => p.X)], [.. m.Select(p => p.Y)])).Where(r => !double.IsNaN(r))];
        return correlations.Length == 0 ? double.NaN : correlations.Average();
    }

    /// <summary>Ranks from 1, ties at their mean.</summary>
    internal static double[] Ranks(ReadOnlySpan<double> values)
    {
        var sorted = values.ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        var ranks = new double[sorted.Length];
        for (var (start, end) = (0, 0); start < sorted.Length; start = end)
        {
            while (end < sorted.Length && sorted[end] == sorted[start])
            {
                end++;
            }

            for (var i = start; i < end; i++)
            {
                ranks[order[i]] = (start + 1 + end) / 2.0;
            }
        }

        return ranks;
    }
}
