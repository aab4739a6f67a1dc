using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Numerics.Policies;

/// <summary>How much more those gain whom a rule puts first: the targeting curve of a priority score, summed up as its Qini coefficient and its AUTOC.
/// Zero where the ranking carries nothing.</summary>
/// <param name="Qini">Area between the cumulative gain of treating by rank and that of treating at random, in the unit of the effect.</param>
/// <param name="QiniStandardError">By half-sample bootstrap.</param>
/// <param name="Autoc">Area under the curve of the mean effect among the first share q less that among all.</param>
/// <param name="AutocStandardError">By half-sample bootstrap.</param>
/// <param name="Curve">Cumulative gain at shares 0, 1/n, 2/n, ... 1, shape [subjects + 1]: mean over all subjects if only the first share is treated.</param>
/// <remarks>Source: rank-weighted average treatment effects [Yadlowsky2021]; the curve is that of [Radcliffe2007] with doubly robust scores instead of counts.</remarks>
public sealed record RankedEffect(double Qini, double QiniStandardError, double Autoc, double AutocStandardError, double[] Curve)
{
    /// <param name="scores">Doubly robust score of the effect on each subject, shape [subjects]; their mean is the average effect.</param>
    /// <param name="priorities">What subjects are ranked by, highest first, shape [subjects]; learnt without the subject's own outcome. Ties share their mean score.</param>
    /// <param name="seed">Seed of the bootstrap.</param>
    /// <param name="replicateCount">Half samples, at least 2.</param>
    /// <exception cref="ArgumentException">Lengths differ, or there are fewer than four subjects.</exception>
    public static RankedEffect Of(ReadOnlySpan<double> scores, ReadOnlySpan<double> priorities, ulong seed, int replicateCount = 200)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(replicateCount, 2);
        if (scores.Length != priorities.Length || scores.Length < 4)
        {
            throw new ArgumentException($"{scores.Length} scores and {priorities.Length} priorities: they must match, and be of four subjects or more.", nameof(priorities));
        }

        var order = Order(priorities);
        var all = Ranked(scores, priorities, order);
        var (qini, autoc) = Areas(all);
        var (qiniDraws, autocDraws) = (new double[replicateCount], new double[replicateCount]);
        for (var r = 0; r < replicateCount; r++)
        {
            (qiniDraws[r], autocDraws[r]) = Areas(Ranked(scores, priorities, HalfOf(order, seed, r)));
        }

        return new RankedEffect(qini, Deviation(qiniDraws), autoc, Deviation(autocDraws), Gain(all));
    }

    private static int[] Order(ReadOnlySpan<double> priorities)
    {
        var keys = priorities.ToArray();
        var order = Enumerable.Range(0, keys.Length).ToArray();
        return [.. order.OrderByDescending(i => keys[i])];
    }

    // Scores in the order of rank; tied subjects get their mean, so that the order among them plays no part.
    private static double[] Ranked(ReadOnlySpan<double> scores, ReadOnlySpan<double> priorities, ReadOnlySpan<int> order)
    {
        var ranked = new double[order.Length];
        for (var first = 0; first < order.Length;)
        {
            var (end, sum) = (first, 0.0);
            while (end < order.Length && priorities[order[end]] == priorities[order[first]])
            {
                sum += scores[order[end++]];
            }

            ranked.AsSpan(first, end - first).Fill(sum / (end - first));
            first = end;
        }

        return ranked;
    }

    private static (double Qini, double Autoc) Areas(ReadOnlySpan<double> ranked)
    {
        var mean = 0.0;
        foreach (var score in ranked)
        {
            mean += score / ranked.Length;
        }

        double sum = 0, qini = 0, autoc = 0;
        for (var k = 1; k <= ranked.Length; k++)
        {
            sum += ranked[k - 1];
            var above = (sum / k) - mean;
            autoc += above / ranked.Length;
            qini += above * k / ranked.Length / ranked.Length;
        }

        return (qini, autoc);
    }

    private static double[] Gain(ReadOnlySpan<double> ranked)
    {
        var gain = new double[ranked.Length + 1];
        for (var k = 0; k < ranked.Length; k++)
        {
            gain[k + 1] = gain[k] + (ranked[k] / ranked.Length);
        }

        return gain;
    }

    // Half of the subjects without replacement, in the order of rank: the deviation over half samples is that of the estimate.
    private static int[] HalfOf(int[] order, ulong seed, int replicate)
    {
        var stream = new RandomStream(new StreamKey(seed, 0, 0, (uint)replicate, RandomPurpose.Bootstrap));
        var places = Enumerable.Range(0, order.Length).ToArray();
        var half = order.Length / 2;
        for (var k = 0; k < half; k++)
        {
            var other = k + stream.NextInt(order.Length - k);
            (places[k], places[other]) = (places[other], places[k]);
        }

        Array.Sort(places, 0, half);
        return [.. places.Take(half).Select(p => order[p])];
    }

    private static double Deviation(double[] draws)
    {
        var mean = draws.Average();
        return Math.Sqrt(draws.Sum(d => (d - mean) * (d - mean)) / (draws.Length - 1));
    }
}
