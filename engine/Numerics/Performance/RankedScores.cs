using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Performance;

/// <summary>How well scores rank those with an outcome above those without.</summary>
public static class RankedScores
{
    /// <summary>Area under the ROC curve: the share of pairs of a case and a control in which the case has the higher score, ties one half.</summary>
    /// <param name="isCase">Shape [subjects].</param>
    /// <param name="scores">Shape [subjects], finite.</param>
    /// <returns>NaN without a case or without a control.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score is not finite.</exception>
    /// <remarks>Source: [Hanley1982]. Cost O(n log n).</remarks>
    public static double AreaUnderRoc(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> scores)
    {
        var ranks = Correlation.Ranks(Checked(isCase, scores));
        var (cases, sum) = (0L, 0.0);
        for (var i = 0; i < ranks.Length; i++)
        {
            if (isCase[i])
            {
                cases++;
                sum += ranks[i];
            }
        }

        var controls = isCase.Length - cases;
        return cases == 0 || controls == 0 ? double.NaN : (sum - (cases * (cases + 1) / 2.0)) / ((double)cases * controls);
    }

    /// <summary>Mean, over classes that some but not all subjects have, of the area of one class against the rest.</summary>
    /// <param name="codes">Shape [subjects], 0 to classes - 1.</param>
    /// <param name="probabilities">Shape [subjects, classes].</param>
    /// <exception cref="ArgumentException">Lengths differ, or a probability is not finite.</exception>
    public static double MeanAreaOneAgainstRest(ReadOnlySpan<int> codes, RowMajorMatrix probabilities)
    {
        var (sum, count) = (0.0, 0);
        var isCase = new bool[codes.Length];
        var scores = new double[codes.Length];
        for (var level = 0; level < probabilities.ColumnCount; level++)
        {
            for (var i = 0; i < codes.Length; i++)
            {
                (isCase[i], scores[i]) = (codes[i] == level, probabilities[i, level]);
            }

            var area = AreaUnderRoc(isCase, scores);
            (sum, count) = double.IsNaN(area) ? (sum, count) : (sum + area, count + 1);
        }

        return count == 0 ? double.NaN : sum / count;
    }

    /// <summary>Average precision: precision at each score that a case has, weighed by the rise of recall there. No interpolation.</summary>
    /// <param name="isCase">Shape [subjects].</param>
    /// <param name="scores">Shape [subjects], finite; equal scores are taken together.</param>
    /// <returns>NaN without a case. A useless score gives the share of cases.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or a score is not finite.</exception>
    /// <remarks>Source: [Boyd2013], the area its recommended step estimator gives.</remarks>
    public static double AveragePrecision(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> scores)
    {
        var sorted = Checked(isCase, scores).ToArray();
        var order = new int[sorted.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(sorted, order);
        var (found, seen, sum, before) = (0, 0, 0.0, 0);
        for (var i = order.Length - 1; i >= 0; i--)
        {
            seen++;
            found += isCase[order[i]] ? 1 : 0;
            if (i == 0 || sorted[i - 1] != sorted[i])
            {
                sum += (found - before) * ((double)found / seen);
                before = found;
            }
        }

        return found == 0 ? double.NaN : sum / found;
    }

    private static ReadOnlySpan<double> Checked(ReadOnlySpan<bool> isCase, ReadOnlySpan<double> scores)
    {
        PerformanceInput.CheckLength(isCase.Length, scores.Length, nameof(scores));
        PerformanceInput.CheckFinite(scores, nameof(scores));
        return scores;
    }
}
