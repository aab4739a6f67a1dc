using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>Trees on bootstrap samples, each split searched among a few random features; what a forest says is the mean of what its trees say. Immutable.</summary>
/// <remarks>Source: [Breiman2001]. Tree number t draws from streams keyed by the seed and t alone, so that threads play no part.</remarks>
internal sealed class Forest
{
    // Keeps the streams that choose features and cut points apart from other permutations.
    private const uint SplitStreams = 7;

    private readonly TreeSet _trees;
    private readonly int _width;
    private readonly int _threadCount;

    private Forest(TreeSet trees, int width, double[] gains, int threadCount) => (_trees, _width, Gains, _threadCount) = (trees, width, gains, threadCount);

    /// <summary>Sum of the gains of all splits on each feature, shape [features]; 0 where it was never split on.</summary>
    public double[] Gains { get; }

    /// <param name="features">Of the training subjects.</param>
    /// <param name="rule">Makes a rule for a thread.</param>
    /// <param name="weights">Shape [subjects].</param>
    /// <param name="options">Resolved.</param>
    /// <param name="context">Seed and threads.</param>
    /// <returns>The forest, and its mean over the trees that did not see the subject, row-major [subjects, width].</returns>
    public static (Forest Forest, double[] OutOfBag) Grow(
        FeatureMatrix features, Func<SplitRule> rule, ReadOnlySpan<double> weights, ForestOptions options, LearningContext context)
    {
        var bins = BinnedFeatures.Fit(features);
        var draws = new BootstrapDraws(weights, context.Seed);
        var trees = new GrownTree[options.TreeCount];
        var seen = new bool[options.TreeCount][];
        Parallel.For(
            0,
            trees.Length,
            new ParallelOptions { MaxDegreeOfParallelism = context.ThreadCount, CancellationToken = context.Cancellation },
            () => new TreeGrower(bins, rule(), options),
            (t, _, grower) =>
            {
                var counts = draws.Of(t);
                trees[t] = grower.Grow(counts, new RandomStream(new StreamKey(context.Seed, 0, SplitStreams, (uint)t, RandomPurpose.Permutation)));
                seen[t] = Array.ConvertAll(counts, c => c > 0);
                return grower;
            },
            _ => { });
        var gains = new double[features.FeatureCount];
        foreach (var tree in trees)
        {
            for (var f = 0; f < gains.Length; f++)
            {
                gains[f] += tree.Gains[f];
            }
        }

        var forest = new Forest(new TreeSet(trees), rule().Width, gains, context.ThreadCount);
        context.Cancellation.ThrowIfCancellationRequested();
        return (forest, forest.OutOfBag(features, seen));
    }

    public void Write(ModelWriter writer)
    {
        _trees.Write(writer);
        writer.Numbers(Gains);
    }

    public static Forest Read(ModelReader reader, int featureCount, int width)
    {
        var trees = TreeSet.Read(reader, featureCount, width);
        reader.Require(trees.TreeCount > 0, $"a forest has no tree");
        return new Forest(trees, width, reader.Numbers(featureCount, "gains of features"), reader.ThreadCount);
    }

    /// <returns>Row-major, shape [subjects, width].</returns>
    public double[] Mean(FeatureMatrix features)
    {
        var sums = new double[features.SubjectCount * _width];
        _trees.AddTo(features, sums, _width, _threadCount);
        for (var k = 0; k < sums.Length; k++)
        {
            sums[k] /= _trees.TreeCount;
        }

        return sums;
    }

    /// <summary>A subject that every tree saw is spoken of by all.</summary>
    private double[] OutOfBag(FeatureMatrix features, bool[][] seen)
    {
        var counts = new int[features.SubjectCount];
        for (var i = 0; i < counts.Length; i++)
        {
            counts[i] = seen.Count(s => !s[i]);
        }

        var sums = new double[features.SubjectCount * _width];
        _trees.AddTo(features, sums, _width, _threadCount, (t, i) => counts[i] == 0 || !seen[t][i]);
        for (var k = 0; k < sums.Length; k++)
        {
            var count = counts[k / _width];
            sums[k] /= count == 0 ? _trees.TreeCount : count;
        }

        return sums;
    }
}
