using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>Grows one tree of second-order boosting at a time on histograms of the derivatives. Of two children the smaller one is counted, the larger one is
/// its parent less its sibling. Missing values go to the side where they gain more. For one thread.</summary>
/// <remarks>Source: [ChenT2016] equations 5 to 7 and algorithm 3, [Ke2017].</remarks>
internal sealed class BoostedTreeGrower
{
    // A side that holds less of the second derivatives than this is rounding left over from a subtraction.
    private const double LeastShare = 1e-9;

    private readonly BinnedFeatures _features;
    private readonly double _ridge;
    private readonly double _minimumChildWeight;
    private readonly double _rate;
    private readonly int[] _starts;
    private readonly double[][] _histograms;
    private readonly int[] _right;
    private readonly List<TreeNode> _nodes = [];
    private readonly List<int> _cutBins = [];
    private LeafWriter _leaves = new();
    private int[] _columns = [];
    private double[] _gains = [];
    private int _slot;

    /// <param name="features">Of the subjects that train.</param>
    /// <param name="options">Ridge and rate.</param>
    /// <param name="minimumChildWeight">Least sum of second derivatives in a leaf.</param>
    /// <param name="depth">Splits between root and leaf at most.</param>
    public BoostedTreeGrower(BinnedFeatures features, BoostingOptions options, double minimumChildWeight, int depth)
    {
        (_features, _ridge, _rate, _minimumChildWeight) = (features, options.Ridge, options.LearningRate, minimumChildWeight);
        _starts = new int[features.FeatureCount + 1];
        for (var f = 0; f < features.FeatureCount; f++)
        {
            _starts[f + 1] = _starts[f] + (2 * (features.BinCount(f) + 1));
        }

        _histograms = new double[depth + 1][];
        _right = new int[features.SubjectCount];
        for (var d = 0; d <= depth; d++)
        {
            _histograms[d] = new double[_starts[^1]];
        }
    }

    private int Depth => _histograms.Length - 1;

    /// <param name="derivatives">First and second of each subject, shape [subjects, 2].</param>
    /// <param name="rows">Subjects that the tree sees; put into another order.</param>
    /// <param name="columns">Features that it sees.</param>
    /// <param name="slot">Score that it adds to.</param>
    public GrownTree Grow(ReadOnlySpan<double> derivatives, Span<int> rows, int[] columns, int slot)
    {
        (_columns, _slot, _leaves, _gains) = (columns, slot, new LeafWriter(), new double[_features.FeatureCount]);
        _nodes.Clear();
        _cutBins.Clear();
        Fill(_histograms[0], derivatives, rows);
        var (first, second) = (0.0, 0.0);
        foreach (var i in rows)
        {
            first += derivatives[2 * i];
            second += derivatives[(2 * i) + 1];
        }

        AddNode();
        Split(0, 0, 0, derivatives, rows, first, second);
        return new GrownTree([.. _nodes], _leaves.ToTable(), _gains);
    }

    /// <summary>Adds what the tree grown last says to the scores of subjects under the same bins.</summary>
    /// <param name="tree">That tree.</param>
    /// <param name="features">Of the subjects.</param>
    /// <param name="scores">Row-major, shape [subjects, scores].</param>
    /// <param name="scoreCount">Scores of a subject.</param>
    public void AddTo(GrownTree tree, BinnedFeatures features, double[] scores, int scoreCount)
    {
        for (var i = 0; i < features.SubjectCount; i++)
        {
            var place = 0;
            while (!tree.Nodes[place].IsLeaf)
            {
                var node = tree.Nodes[place];
                var bin = features.Of(node.Feature)[i];
                var goesLeft = bin == BinnedFeatures.MissingBin ? node.MissingGoesLeft : bin <= _cutBins[place];
                place = goesLeft ? node.Next : node.Next + 1;
            }

            tree.Leaves.AddTo(tree.Nodes[place].Next, scores.AsSpan(i * scoreCount, scoreCount));
        }
    }

    private void AddNode()
    {
        _nodes.Add(default);
        _cutBins.Add(0);
    }

    /// <summary>Splits a node whose histogram stands ready in the given buffer, which is its own to overwrite.</summary>
    private void Split(int node, int depth, int buffer, ReadOnlySpan<double> derivatives, Span<int> rows, double first, double second)
    {
        var cut = depth < Depth ? Best(_histograms[buffer], first, second) : default;
        if (cut.Gain <= 0)
        {
            _leaves.Add(_slot, -_rate * first / (second + _ridge));
            _nodes[node] = TreeNode.Leaf(_leaves.Close());
            return;
        }

        _gains[cut.Feature] += cut.Gain;
        var left = _nodes.Count;
        _nodes[node] = TreeNode.Split(cut.Feature, _features.Threshold(cut.Feature, cut.Bin), cut.MissingGoesLeft, left);
        _cutBins[node] = cut.Bin;
        AddNode();
        AddNode();
        var leftCount = Partition(rows, cut);
        var leftIsSmaller = 2 * leftCount <= rows.Length;
        var smallerRows = leftIsSmaller ? rows[..leftCount] : rows[leftCount..];
        var largerRows = leftIsSmaller ? rows[leftCount..] : rows[..leftCount];
        var smallerFirst = leftIsSmaller ? cut.First : first - cut.First;
        var smallerSecond = leftIsSmaller ? cut.Second : second - cut.Second;

        // The smaller child is counted into the next buffer, the larger one takes over the parent's.
        if (depth + 1 < Depth)
        {
            Fill(_histograms[depth + 1], derivatives, smallerRows);
            Subtract(_histograms[buffer], _histograms[depth + 1]);
        }

        Split(leftIsSmaller ? left : left + 1, depth + 1, depth + 1, derivatives, smallerRows, smallerFirst, smallerSecond);
        Split(leftIsSmaller ? left + 1 : left, depth + 1, buffer, derivatives, largerRows, first - smallerFirst, second - smallerSecond);
    }

    private void Fill(double[] histogram, ReadOnlySpan<double> derivatives, ReadOnlySpan<int> rows)
    {
        foreach (var f in _columns)
        {
            var own = histogram.AsSpan(_starts[f], _starts[f + 1] - _starts[f]);
            own.Clear();
            var missing = _features.BinCount(f);
            var bins = _features.Of(f);
            foreach (var i in rows)
            {
                var place = 2 * Math.Min(bins[i], missing);
                own[place] += derivatives[2 * i];
                own[place + 1] += derivatives[(2 * i) + 1];
            }
        }
    }

    private void Subtract(double[] histogram, double[] part)
    {
        foreach (var f in _columns)
        {
            for (var k = _starts[f]; k < _starts[f + 1]; k++)
            {
                histogram[k] -= part[k];
            }
        }
    }

    private Cut Best(double[] histogram, double first, double second)
    {
        var best = default(Cut);
        foreach (var f in _columns)
        {
            var own = histogram.AsSpan(_starts[f], _starts[f + 1] - _starts[f]);
            var binCount = _features.BinCount(f);
            var (missingFirst, missingSecond) = (own[2 * binCount], own[(2 * binCount) + 1]);
            var hasMissing = missingSecond > LeastShare * second;
            var (leftFirst, leftSecond) = (0.0, 0.0);
            for (var bin = 0; bin < binCount; bin++)
            {
                if (own[(2 * bin) + 1] == 0)
                {
                    continue;
                }

                leftFirst += own[2 * bin];
                leftSecond += own[(2 * bin) + 1];
                Consider(new Cut(f, bin, false, 0, leftFirst, leftSecond), first, second, ref best);
                if (hasMissing)
                {
                    Consider(new Cut(f, bin, true, 0, leftFirst + missingFirst, leftSecond + missingSecond), first, second, ref best);
                }
            }

            // All that is there against what is missing.
            if (hasMissing)
            {
                Consider(new Cut(f, BinnedFeatures.MissingBin - 1, false, 0, leftFirst, leftSecond), first, second, ref best);
            }
        }

        // The larger side decides for values that were never missing here.
        return best.Gain > 0 && !best.MissingGoesLeft && IsNeverMissing(histogram, best.Feature, second) && best.Second >= second / 2
            ? best with { MissingGoesLeft = true }
            : best;
    }

    private bool IsNeverMissing(double[] histogram, int feature, double second) => histogram[_starts[feature + 1] - 1] <= LeastShare * second;

    private void Consider(Cut cut, double first, double second, ref Cut best)
    {
        var (rightFirst, rightSecond) = (first - cut.First, second - cut.Second);
        var least = Math.Max(_minimumChildWeight, LeastShare * second);
        if (cut.Second < least || rightSecond < least)
        {
            return;
        }

        var whole = first * first / (second + _ridge);
        var gain = (cut.First * cut.First / (cut.Second + _ridge)) + (rightFirst * rightFirst / (rightSecond + _ridge)) - whole;
        if (gain > best.Gain && gain > LeastShare * whole)
        {
            best = cut with { Gain = gain };
        }
    }

    private int Partition(Span<int> rows, Cut cut)
    {
        var bins = _features.Of(cut.Feature);
        var (left, right) = (0, 0);
        foreach (var i in rows)
        {
            if (bins[i] == BinnedFeatures.MissingBin ? cut.MissingGoesLeft : bins[i] <= cut.Bin)
            {
                rows[left++] = i;
            }
            else
            {
                _right[right++] = i;
            }
        }

        _right.AsSpan(0, right).CopyTo(rows[left..]);
        return left;
    }

    /// <param name="Feature">Split on.</param>
    /// <param name="Bin">The last bin that goes left.</param>
    /// <param name="MissingGoesLeft">Where missing values go.</param>
    /// <param name="Gain">0 for no cut.</param>
    /// <param name="First">Sum of the first derivatives on the left.</param>
    /// <param name="Second">Sum of the second derivatives on the left.</param>
    private readonly record struct Cut(int Feature, int Bin, bool MissingGoesLeft, double Gain, double First, double Second);
}
