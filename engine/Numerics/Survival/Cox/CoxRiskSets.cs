using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Subjects sorted once for the partial likelihood: by stratum, then latest time first, so that risk sets only grow;
/// at one time those with the event come first. Covariates are centred and scaled. Immutable.</summary>
internal sealed class CoxRiskSets
{
    /// <summary>Lanes of the vectors that walk a row.</summary>
    public const int Lanes = 4;

    public CoxRiskSets(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, RowMajorMatrix covariates, CoxOptions options)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckLength(times.Length, covariates.RowCount, nameof(covariates));
        CheckCovariates(covariates);
        SubjectCount = times.Length;
        CovariateCount = covariates.ColumnCount;
        Stride = (CovariateCount + Lanes - 1) / Lanes * Lanes;
        PaddedCount = (SubjectCount + Lanes - 1) / Lanes * Lanes;
        Order = new int[SubjectCount];
        Strata = SortSubjects(times, events, options.Strata, Order);
        Groups = FindGroups(times, events, options.Strata, Order);

        Means = new double[CovariateCount];
        Scales = new double[CovariateCount];
        ByColumn = new double[Stride * PaddedCount];
        ByRow = new double[SubjectCount * Stride];
        CentreAndScale(covariates);
        (Offsets, OffsetMean) = SortOffsets(options.Offsets);
    }

    public int SubjectCount { get; }

    public int CovariateCount { get; }

    /// <summary>Covariates of a row, rounded up to whole vectors; the padding is zero.</summary>
    public int Stride { get; }

    /// <summary>Subjects rounded up to whole vectors.</summary>
    public int PaddedCount { get; }

    /// <summary>Subject at each sorted place, shape [subjects].</summary>
    public int[] Order { get; }

    /// <summary>Labels of the strata, ascending.</summary>
    public int[] Strata { get; }

    /// <summary>Subjects of one stratum and one time, in sorted order.</summary>
    public CoxTimeGroup[] Groups { get; }

    /// <summary>Mean of each covariate over all subjects, taken off before the fit.</summary>
    public double[] Means { get; }

    /// <summary>Mean absolute deviation of each covariate, divided by before the fit; one for a constant covariate.</summary>
    public double[] Scales { get; }

    /// <summary>Centred and scaled covariates in sorted order, shape [stride, padded subjects]; the padding is zero.</summary>
    public double[] ByColumn { get; }

    /// <summary>Centred and scaled covariates in sorted order, shape [subjects, stride].</summary>
    public double[] ByRow { get; }

    /// <summary>Offsets less their mean in sorted order, shape [padded subjects].</summary>
    public double[] Offsets { get; }

    public double OffsetMean { get; }

    private static void CheckCovariates(RowMajorMatrix covariates)
    {
        var values = covariates.Values;
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"The covariate at row {i / covariates.ColumnCount}, column {i % covariates.ColumnCount} is {values[i]}; it must be finite."),
                    nameof(covariates));
            }
        }
    }

    private static int[] SortSubjects(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, int[]? strata, int[] order)
    {
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        if (strata is null)
        {
            SortByTime(times, events, order);
            return [0];
        }

        SurvivalInput.CheckLength(times.Length, strata.Length, nameof(CoxOptions.Strata));
        Array.Sort((int[])strata.Clone(), order);
        var labels = new List<int>();
        for (var start = 0; start < order.Length;)
        {
            var end = start + 1;
            while (end < order.Length && strata[order[end]] == strata[order[start]])
            {
                end++;
            }

            labels.Add(strata[order[start]]);
            SortByTime(times, events, order.AsSpan(start, end - start));
            start = end;
        }

        return [.. labels];
    }

    private static void SortByTime(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, Span<int> order)
    {
        var keys = new double[order.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = -times[order[i]];
        }

        keys.AsSpan().Sort(order);
        var censored = new int[order.Length];
        for (var start = 0; start < keys.Length;)
        {
            var end = start + 1;
            while (end < keys.Length && keys[end] == keys[start])
            {
                end++;
            }

            // The sort is not stable: give ties the order of the input, events first.
            var tied = order[start..end];
            tied.Sort();
            var (eventCount, censoredCount) = (0, 0);
            foreach (var subject in tied)
            {
                if (events[subject])
                {
                    tied[eventCount++] = subject;
                }
                else
                {
                    censored[censoredCount++] = subject;
                }
            }

            censored.AsSpan(0, censoredCount).CopyTo(tied[eventCount..]);
            start = end;
        }
    }

    private static CoxTimeGroup[] FindGroups(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, int[]? strata, int[] order)
    {
        var groups = new List<CoxTimeGroup>();
        for (var start = 0; start < order.Length;)
        {
            var first = order[start];
            var stratum = strata?[first] ?? 0;
            var end = start;
            var eventEnd = start;
            while (end < order.Length && times[order[end]] == times[first] && (strata?[order[end]] ?? 0) == stratum)
            {
                eventEnd += events[order[end]] ? 1 : 0;
                end++;
            }

            var opensStratum = groups.Count == 0 || groups[^1].Stratum != stratum;
            groups.Add(new CoxTimeGroup(times[first], stratum, opensStratum, start, eventEnd, end));
            start = end;
        }

        return [.. groups];
    }

    private void CentreAndScale(RowMajorMatrix covariates)
    {
        var values = covariates.Values;
        for (var i = 0; i < values.Length; i += CovariateCount)
        {
            for (var j = 0; j < CovariateCount; j++)
            {
                Means[j] += values[i + j];
            }
        }

        for (var j = 0; j < CovariateCount; j++)
        {
            Means[j] /= SubjectCount;
        }

        for (var i = 0; i < values.Length; i += CovariateCount)
        {
            for (var j = 0; j < CovariateCount; j++)
            {
                Scales[j] += Math.Abs(values[i + j] - Means[j]);
            }
        }

        // What is left of a constant column after centring is rounding.
        var isConstant = new bool[CovariateCount];
        for (var j = 0; j < CovariateCount; j++)
        {
            Scales[j] /= SubjectCount;
            isConstant[j] = Scales[j] <= 1e-13 * Math.Abs(Means[j]);
            Scales[j] = isConstant[j] ? 1 : Scales[j];
        }

        for (var i = 0; i < SubjectCount; i++)
        {
            var row = values.Slice(Order[i] * CovariateCount, CovariateCount);
            for (var j = 0; j < row.Length; j++)
            {
                var value = isConstant[j] ? 0 : (row[j] - Means[j]) / Scales[j];
                ByColumn[(j * PaddedCount) + i] = value;
                ByRow[(i * Stride) + j] = value;
            }
        }
    }

    private (double[] Offsets, double Mean) SortOffsets(double[]? offsets)
    {
        var sorted = new double[PaddedCount];
        if (offsets is null)
        {
            return (sorted, 0);
        }

        SurvivalInput.CheckFinite(offsets, SubjectCount, "offset", nameof(CoxOptions.Offsets));
        var mean = offsets.Average();
        for (var i = 0; i < SubjectCount; i++)
        {
            sorted[i] = offsets[Order[i]] - mean;
        }

        return (sorted, mean);
    }
}
