using System.Globalization;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Shapley;

/// <summary>How Shapley values are sampled.</summary>
public sealed record ShapleyOptions
{
    /// <summary>Samples, at least 2: a training subject, an order of the groups and the reverse order each.</summary>
    public int SampleCount { get; init; } = 64;

    public ulong Seed { get; init; } = 1;

    /// <summary>Threads; the numbers do not depend on it.</summary>
    public int ThreadCount { get; init; } = 1;
}

/// <summary>What a group of features moves a prediction.</summary>
/// <param name="Name">Of the group.</param>
/// <param name="Value">Mean over the samples, on the scale of the quantity.</param>
/// <param name="StandardError">Of the mean, from sampling alone: more samples make it smaller, other training data do not enter.</param>
public sealed record ShapleyValue(string Name, double Value, double StandardError);

/// <summary>Shapley values of groups of features, of any model: each group's mean effect when it comes in after some of the others in random order, where what has not come in
/// is that of a random training subject.</summary>
/// <param name="Subject">Of whom.</param>
/// <param name="Values">The greatest first; they add up to <paramref name="Output"/> - <paramref name="Baseline"/>.</param>
/// <param name="Baseline">Mean of the quantity when all groups are those of training subjects.</param>
/// <param name="Output">The quantity of the subject.</param>
/// <param name="Method">In words.</param>
/// <remarks>Source: [Strumbelj2014], sampled permutations; each order is taken forwards and backwards, and training subjects are drawn without replacement until all had
/// their turn. It breaks the dependence between groups: a mixed subject may be one that cannot be. Features that are in no group stay the subject's own.</remarks>
public sealed record ShapleyValues(SubjectId Subject, IReadOnlyList<ShapleyValue> Values, double Baseline, double Output, string Method)
{
    private const int NumbersAtOnce = 1 << 21;

    /// <summary>Explains one subject.</summary>
    /// <param name="model">Any model; called from several threads.</param>
    /// <param name="subject">Inputs of one subject.</param>
    /// <param name="training">Subjects whose features stand in, with the same layers and covariates.</param>
    /// <param name="groups">At least one; no feature in two.</param>
    /// <param name="quantity">What is explained, on either scale.</param>
    /// <param name="options">Samples and seed.</param>
    /// <exception cref="ArgumentException">There is not one subject, features differ, or groups overlap or name what is not there.</exception>
    public static ShapleyValues Explain(
        IOutcomePredictor model, SubjectInputs subject, SubjectInputs training, IReadOnlyList<FeatureGroup> groups, ExplainedQuantity quantity, ShapleyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(groups);
        ArgumentNullException.ThrowIfNull(quantity);
        OneSubject.Check(subject, nameof(subject));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(groups.Count, nameof(groups));
        var settings = options ?? new ShapleyOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(settings.SampleCount, 2, nameof(options));
        var mixer = new SubjectMixer(subject, training, groups);
        var donors = Donors(training, subject.Subjects[0], settings);
        var samples = new double[settings.SampleCount][];
        var ends = new (double Start, double End)[settings.SampleCount];
        var rowsOfOne = 2 * groups.Count;
        var width = subject.Layers.Sum(l => l.FeatureCount) + subject.Covariates.Count + 1;
        var atOnce = Math.Max(1, NumbersAtOnce / Math.Max(1, rowsOfOne * width));
        Parallel.For(0, (settings.SampleCount + atOnce - 1) / atOnce, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, settings.ThreadCount) }, chunk =>
        {
            int[] taken = [.. Enumerable.Range(chunk * atOnce, Math.Min(atOnce, settings.SampleCount - (chunk * atOnce)))];
            int[][] orders = [.. taken.Select(m => Order(groups.Count, subject.Subjects[0], settings.Seed, (uint)m))];
            var values = quantity.Of(model.Predict(mixer.Mix([.. taken.SelectMany((m, k) => Rows(orders[k], donors[m]))])));
            for (var k = 0; k < taken.Length; k++)
            {
                var own = values.AsSpan(k * rowsOfOne, rowsOfOne);
                samples[taken[k]] = Effects(orders[k], own);
                ends[taken[k]] = (own[0], own[1]);
            }
        });
        return Summarized(subject.Subjects[0], groups, samples, ends);
    }

    private static ShapleyValues Summarized(SubjectId subject, IReadOnlyList<FeatureGroup> groups, double[][] samples, (double Start, double End)[] ends)
    {
        var values = new ShapleyValue[groups.Count];
        for (var g = 0; g < values.Length; g++)
        {
            var mean = samples.Average(s => s[g]);
            var squares = samples.Sum(s => (s[g] - mean) * (s[g] - mean));
            values[g] = new ShapleyValue(groups[g].Name, mean, Math.Sqrt(squares / (samples.Length - 1.0) / samples.Length));
        }

        return new ShapleyValues(
            subject,
            [.. values.OrderByDescending(v => Math.Abs(v.Value)).ThenBy(v => v.Name, StringComparer.Ordinal)],
            ends.Average(e => e.Start),
            ends[0].End,
            string.Create(CultureInfo.InvariantCulture, $"Shapley values of {groups.Count} groups from {samples.Length} training subjects and orders, each order both ways."));
    }

    // None and all first; then the steps in between of the order and of its reverse.
    private static IEnumerable<(int Donor, bool[] IsOwn)> Rows(int[] order, int donor)
    {
        var count = order.Length;
        yield return (donor, new bool[count]);
        yield return (donor, [.. Enumerable.Repeat(true, count)]);
        for (var step = 1; step < count; step++)
        {
            yield return (donor, Own(order.AsSpan(0, step), count));
        }

        for (var step = 1; step < count; step++)
        {
            yield return (donor, Own(order.AsSpan(count - step, step), count));
        }
    }

    private static bool[] Own(ReadOnlySpan<int> groups, int count)
    {
        var isOwn = new bool[count];
        foreach (var group in groups)
        {
            isOwn[group] = true;
        }

        return isOwn;
    }

    private static double[] Effects(int[] order, ReadOnlySpan<double> values)
    {
        var count = order.Length;
        var effects = new double[count];
        for (var step = 0; step < count; step++)
        {
            var forward = At(values, step + 1, 1, count) - At(values, step, 1, count);
            effects[order[step]] += forward / 2;
            var backward = At(values, step + 1, count, count) - At(values, step, count, count);
            effects[order[count - 1 - step]] += backward / 2;
        }

        return effects;
    }

    private static double At(ReadOnlySpan<double> values, int step, int first, int count) => step == 0 ? values[0] : step == count ? values[1] : values[first + step];

    private static int[] Order(int count, SubjectId subject, ulong seed, uint sample)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        new RandomStream(new StreamKey(seed, StreamKey.HashOf(subject.Value), 0, sample, RandomPurpose.Permutation)).Shuffle<int>(order);
        return order;
    }

    // By the order of their ids first, so that the order of the rows plays no part.
    private static int[] Donors(SubjectInputs training, SubjectId subject, ShapleyOptions options)
    {
        var drawn = new List<int>();
        for (var round = 0u; drawn.Count < options.SampleCount; round++)
        {
            int[] all = [.. Enumerable.Range(0, training.Count).OrderBy(i => training.Subjects[i])];
            new RandomStream(new StreamKey(options.Seed, StreamKey.HashOf(subject.Value), 1, round, RandomPurpose.Permutation)).Shuffle<int>(all);
            drawn.AddRange(all);
        }

        return [.. drawn.Take(options.SampleCount)];
    }
}
