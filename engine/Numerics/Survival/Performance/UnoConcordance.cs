namespace DigitalTwin.Numerics.Survival;

/// <summary>Uno's concordance: Harrell's with pairs weighted so that the share of censored subjects does not shape it.</summary>
public static class UnoConcordance
{
    /// <summary>A pair counts 1/G(T-)^2 at the earlier event T, G the Kaplan-Meier estimate of being followed, taken to depend on no covariate.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="riskScores">Higher means an earlier event expected; shape [subjects], finite.</param>
    /// <param name="censoringTimes">Follow-up of the subjects G is estimated from, mostly those of training, shape [other subjects].</param>
    /// <param name="censoringEvents">Shape [other subjects].</param>
    /// <param name="until">Later events make no pair; infinite for all.</param>
    /// <returns>Between 0 and 1, ties in the score one half; NaN when no pair can be compared. Events at times that nobody is followed to make no pair.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <remarks>Source: [Uno2011]. Cost O(n log n).</remarks>
    public static double Estimate(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        ReadOnlySpan<double> riskScores,
        ReadOnlySpan<double> censoringTimes,
        ReadOnlySpan<bool> censoringEvents,
        double until = double.PositiveInfinity)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckFollowUp(censoringTimes, censoringEvents);
        SurvivalInput.CheckFinite(riskScores, times.Length, "risk score", nameof(riskScores));
        var censoring = new CensoringDistribution(censoringTimes, censoringEvents);
        double[] distinct = [.. riskScores.ToArray().Distinct().Order()];
        var ranks = new int[times.Length];
        for (var i = 0; i < ranks.Length; i++)
        {
            ranks[i] = Array.BinarySearch(distinct, riskScores[i]);
        }

        var table = RiskTable.Of(times, events, SurvivalInput.Ones(times.Length));
        var later = new RankSums(distinct.Length);
        var (agreement, total) = (0.0, 0.0);
        for (var t = table.Times.Length - 1; t >= 0; t--)
        {
            var subjects = table.Order.AsSpan(table.Starts[t], table.Starts[t + 1] - table.Starts[t]);
            Add(subjects, events, ranks, later, wanted: false);
            var followed = censoring.Before(table.Times[t]);
            if (followed > 0 && table.Times[t] <= until)
            {
                var weight = 1 / (followed * followed);
                foreach (var subject in subjects)
                {
                    if (events[subject])
                    {
                        var (below, at, above) = (later.Below(ranks[subject]), later.At(ranks[subject]), later.Above(ranks[subject]));
                        agreement += weight * (below + (at / 2));
                        total += weight * (below + at + above);
                    }
                }
            }

            Add(subjects, events, ranks, later, wanted: true);
        }

        return total > 0 ? agreement / total : double.NaN;
    }

    private static void Add(ReadOnlySpan<int> subjects, ReadOnlySpan<bool> events, int[] ranks, RankSums sums, bool wanted)
    {
        foreach (var subject in subjects)
        {
            if (events[subject] == wanted)
            {
                sums.Add(ranks[subject], 1);
            }
        }
    }
}
