namespace DigitalTwin.Numerics.Survival;

/// <summary>Weight of the comparable partners of each subject, by how the scores order the pair.</summary>
internal sealed class ConcordancePairs
{
    private readonly double[] _concordant;
    private readonly double[] _discordant;
    private readonly double[] _tied;

    public ConcordancePairs(RiskTable table, ReadOnlySpan<bool> events, ReadOnlySpan<double> scores, ReadOnlySpan<double> weights)
    {
        _concordant = new double[scores.Length];
        _discordant = new double[scores.Length];
        _tied = new double[scores.Length];
        var ranks = Ranks(scores, out var rankCount);
        PairEventsWithLater(table, events, ranks, rankCount, weights);
        PairSubjectsWithEarlierEvents(table, events, ranks, rankCount, weights);
    }

    public ConcordanceEstimate Estimate(ReadOnlySpan<double> weights)
    {
        var (concordant, discordant, tied) = (0.0, 0.0, 0.0);
        for (var i = 0; i < weights.Length; i++)
        {
            // Each pair is seen from both its subjects.
            concordant += weights[i] * _concordant[i] / 2;
            discordant += weights[i] * _discordant[i] / 2;
            tied += weights[i] * _tied[i] / 2;
        }

        var total = concordant + discordant + tied;
        var value = (concordant + (tied / 2)) / total;
        var variance = 0.0;
        for (var i = 0; i < weights.Length; i++)
        {
            var influence = weights[i]
                * (_concordant[i] + (_tied[i] / 2) - (value * (_concordant[i] + _discordant[i] + _tied[i]))) / total;
            variance += influence * influence;
        }

        return new ConcordanceEstimate(value, Math.Sqrt(variance), concordant, discordant, tied);
    }

    private static int[] Ranks(ReadOnlySpan<double> scores, out int rankCount)
    {
        double[] distinct = [.. scores.ToArray().Distinct().Order()];
        rankCount = distinct.Length;
        var ranks = new int[scores.Length];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = Array.BinarySearch(distinct, scores[i]);
        }

        return ranks;
    }

    private void PairEventsWithLater(
        RiskTable table, ReadOnlySpan<bool> events, int[] ranks, int rankCount, ReadOnlySpan<double> weights)
    {
        var later = new RankSums(rankCount);
        for (var t = table.Times.Length - 1; t >= 0; t--)
        {
            var subjects = table.Order.AsSpan(table.Starts[t], table.Starts[t + 1] - table.Starts[t]);
            AddAll(later, subjects, events, ranks, weights, wanted: false);
            foreach (var subject in subjects)
            {
                if (events[subject])
                {
                    // The event comes first: a later partner of lower score agrees.
                    _concordant[subject] += later.Below(ranks[subject]);
                    _tied[subject] += later.At(ranks[subject]);
                    _discordant[subject] += later.Above(ranks[subject]);
                }
            }

            AddAll(later, subjects, events, ranks, weights, wanted: true);
        }
    }

    private void PairSubjectsWithEarlierEvents(
        RiskTable table, ReadOnlySpan<bool> events, int[] ranks, int rankCount, ReadOnlySpan<double> weights)
    {
        var earlier = new RankSums(rankCount);
        for (var t = 0; t < table.Times.Length; t++)
        {
            var subjects = table.Order.AsSpan(table.Starts[t], table.Starts[t + 1] - table.Starts[t]);
            AddPairs(earlier, subjects, events, ranks, wanted: true);
            AddAll(earlier, subjects, events, ranks, weights, wanted: true);
            AddPairs(earlier, subjects, events, ranks, wanted: false);
        }
    }

    private void AddPairs(RankSums earlier, ReadOnlySpan<int> subjects, ReadOnlySpan<bool> events, int[] ranks, bool wanted)
    {
        foreach (var subject in subjects)
        {
            if (events[subject] == wanted)
            {
                _concordant[subject] += earlier.Above(ranks[subject]);
                _tied[subject] += earlier.At(ranks[subject]);
                _discordant[subject] += earlier.Below(ranks[subject]);
            }
        }
    }

    private static void AddAll(
        RankSums sums, ReadOnlySpan<int> subjects, ReadOnlySpan<bool> events, int[] ranks, ReadOnlySpan<double> weights, bool wanted)
    {
        foreach (var subject in subjects)
        {
            if (events[subject] == wanted)
            {
                sums.Add(ranks[subject], weights[subject]);
            }
        }
    }
}
