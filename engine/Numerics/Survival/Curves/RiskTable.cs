namespace DigitalTwin.Numerics.Survival;

/// <summary>Weighted counts at each distinct time of follow-up, ascending; subjects of weight zero are left out.</summary>
internal sealed class RiskTable
{
    private RiskTable(int[] order, int[] starts, double[] times)
    {
        (Order, Starts, Times) = (order, starts, times);
        AtRisk = new double[times.Length];
        Events = new double[times.Length];
        Censored = new double[times.Length];
    }

    /// <summary>Subjects of positive weight by ascending time.</summary>
    public int[] Order { get; }

    /// <summary>Place in <see cref="Order"/> where each time starts, with the length at the end; shape [times + 1].</summary>
    public int[] Starts { get; }

    public double[] Times { get; }

    public double[] AtRisk { get; }

    public double[] Events { get; }

    public double[] Censored { get; }

    public static RiskTable Of(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> weights)
    {
        var order = Sort(times, weights);
        var starts = new List<int>();
        var distinct = new List<double>();
        for (var i = 0; i < order.Length; i++)
        {
            if (i == 0 || times[order[i]] != times[order[i - 1]])
            {
                starts.Add(i);
                distinct.Add(times[order[i]]);
            }
        }

        starts.Add(order.Length);
        var table = new RiskTable(order, [.. starts], [.. distinct]);
        table.Count(events, weights);
        return table;
    }

    private static int[] Sort(ReadOnlySpan<double> times, ReadOnlySpan<double> weights)
    {
        var kept = 0;
        var order = new int[times.Length];
        var keys = new double[times.Length];
        for (var i = 0; i < times.Length; i++)
        {
            if (weights[i] > 0)
            {
                (order[kept], keys[kept]) = (i, times[i]);
                kept++;
            }
        }

        Array.Resize(ref order, kept);
        Array.Resize(ref keys, kept);
        Array.Sort(keys, order);

        // The sort is not stable; sums over ties keep the order of the input.
        for (var start = 0; start < kept;)
        {
            var end = start + 1;
            while (end < kept && keys[end] == keys[start])
            {
                end++;
            }

            Array.Sort(order, start, end - start);
            start = end;
        }

        return order;
    }

    private void Count(ReadOnlySpan<bool> events, ReadOnlySpan<double> weights)
    {
        var atRisk = 0.0;
        for (var t = Times.Length - 1; t >= 0; t--)
        {
            for (var i = Starts[t]; i < Starts[t + 1]; i++)
            {
                var subject = Order[i];
                (events[subject] ? Events : Censored)[t] += weights[subject];
            }

            atRisk += Events[t] + Censored[t];
            AtRisk[t] = atRisk;
        }
    }
}
