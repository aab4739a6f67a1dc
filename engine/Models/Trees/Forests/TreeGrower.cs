using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>Grows one tree of a forest at a time. One a thread.</summary>
/// <param name="features">Of the training subjects.</param>
/// <param name="rule">Judges the nodes.</param>
/// <param name="options">Resolved.</param>
internal sealed class TreeGrower(BinnedFeatures features, SplitRule rule, ForestOptions options)
{
    private readonly CutPoints _cuts = new();
    private readonly int[] _order = rule.Order;
    private readonly int[] _members = new int[features.SubjectCount];
    private readonly int[] _right = new int[features.SubjectCount];
    private readonly int[] _tried = new int[features.FeatureCount];
    private readonly Stack<(int Node, int First, int Count)> _open = new();
    private readonly List<TreeNode> _nodes = [];

    /// <param name="draws">How often each subject was drawn, shape [subjects].</param>
    /// <param name="stream">Decides which features and cut points are tried.</param>
    public GrownTree Grow(int[] draws, RandomStream stream)
    {
        for (var f = 0; f < _tried.Length; f++)
        {
            _tried[f] = f;
        }

        var count = 0;
        foreach (var i in _order)
        {
            if (draws[i] > 0)
            {
                _members[count++] = i;
            }
        }

        var leaves = new LeafWriter();
        var gains = new double[features.FeatureCount];
        _nodes.Clear();
        _nodes.Add(default);
        _open.Push((0, 0, count));
        while (_open.TryPop(out var open))
        {
            var members = _members.AsSpan(open.First, open.Count);
            var split = rule.Enter(members, draws) && SizeOf(members, draws) >= 2 * options.MinimumLeafSize ? Search(members, stream) : ForestSplit.None;
            if (split.Feature < 0)
            {
                rule.WriteLeaf(leaves);
                _nodes[open.Node] = TreeNode.Leaf(leaves.Close());
                continue;
            }

            gains[split.Feature] += split.Gain;
            var leftCount = Partition(members, split);
            _nodes[open.Node] = TreeNode.Split(split.Feature, features.Threshold(split.Feature, split.Bin), split.MissingGoesLeft, _nodes.Count);
            _open.Push((_nodes.Count + 1, open.First + leftCount, open.Count - leftCount));
            _open.Push((_nodes.Count, open.First, leftCount));
            _nodes.Add(default);
            _nodes.Add(default);
        }

        return new GrownTree([.. _nodes], leaves.ToTable(), gains);
    }

    private static int SizeOf(ReadOnlySpan<int> members, int[] draws)
    {
        var size = 0;
        foreach (var i in members)
        {
            size += draws[i];
        }

        return size;
    }

    /// <summary>The best cut of a few random features; of more where none of them varies in the node.</summary>
    private ForestSplit Search(ReadOnlySpan<int> members, RandomStream stream)
    {
        var best = ForestSplit.None;
        var anyVaries = false;
        for (var k = 0; k < _tried.Length && (k < options.FeatureTries || !anyVaries); k++)
        {
            var other = k + stream.NextInt(_tried.Length - k);
            (_tried[k], _tried[other]) = (_tried[other], _tried[k]);
            var bins = features.Of(_tried[k]);
            if (_cuts.Choose(bins, members, options.CutPointTries, stream))
            {
                anyVaries = true;
                rule.Search(_tried[k], _cuts, bins, members, ref best);
            }
        }

        return best.Feature >= 0 ? WithDefaultDirection(best, members) : best;
    }

    /// <summary>A feature without a missing value in the node sends later ones with the greater number.</summary>
    private ForestSplit WithDefaultDirection(ForestSplit split, ReadOnlySpan<int> members)
    {
        var bins = features.Of(split.Feature);
        var left = 0;
        foreach (var i in members)
        {
            if (bins[i] == BinnedFeatures.MissingBin)
            {
                return split;
            }

            left += bins[i] <= split.Bin ? 1 : 0;
        }

        return split with { MissingGoesLeft = 2 * left >= members.Length };
    }

    /// <summary>Puts the left side first; both keep their order.</summary>
    private int Partition(Span<int> members, ForestSplit split)
    {
        var bins = features.Of(split.Feature);
        var (left, right) = (0, 0);
        foreach (var i in members)
        {
            var goesLeft = bins[i] == BinnedFeatures.MissingBin ? split.MissingGoesLeft : bins[i] <= split.Bin;
            if (goesLeft)
            {
                members[left++] = i;
            }
            else
            {
                _right[right++] = i;
            }
        }

        _right.AsSpan(0, right).CopyTo(members[left..]);
        return left;
    }
}
