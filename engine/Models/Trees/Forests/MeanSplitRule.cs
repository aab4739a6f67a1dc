using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>Splits so that the squared distance to the means of the two sides is least. On indicators of classes that is the Gini index, and the mean of a leaf
/// is a vector of probabilities.</summary>
/// <param name="targets">Row-major, shape [subjects, width].</param>
/// <param name="width">Targets of a subject.</param>
/// <param name="minimumLeafSize">Fewest drawn subjects on a side.</param>
/// <remarks>Source: [Breiman2001], [Malley2012] for probabilities.</remarks>
internal sealed class MeanSplitRule(double[] targets, int width, int minimumLeafSize) : SplitRule
{
    private readonly double[] _total = new double[width];
    private readonly double[] _left = new double[width];
    private readonly double[] _groupSums = new double[256 * width];
    private readonly double[] _groupSizes = new double[256];
    private readonly int[] _counts = new int[targets.Length / width];
    private double _size;

    public override int Width => width;

    public override int[] Order => [.. Enumerable.Range(0, targets.Length / width)];

    public override bool Enter(ReadOnlySpan<int> members, ReadOnlySpan<int> counts)
    {
        Array.Clear(_total);
        _size = 0;
        var isMixed = false;
        var first = targets.AsSpan(members[0] * width, width);
        foreach (var i in members)
        {
            var own = targets.AsSpan(i * width, width);
            isMixed |= !own.SequenceEqual(first);
            _counts[i] = counts[i];
            _size += counts[i];
            for (var c = 0; c < width; c++)
            {
                _total[c] += counts[i] * own[c];
            }
        }

        return isMixed;
    }

    public override void Search(int feature, CutPoints cuts, ReadOnlySpan<byte> bins, ReadOnlySpan<int> members, ref ForestSplit best)
    {
        var groups = cuts.Groups;
        Array.Clear(_groupSums, 0, cuts.GroupCount * width);
        Array.Clear(_groupSizes, 0, cuts.GroupCount);
        foreach (var i in members)
        {
            var group = groups[bins[i]];
            double count = _counts[i];
            _groupSizes[group] += count;
            for (var c = 0; c < width; c++)
            {
                _groupSums[(group * width) + c] += count * targets[(i * width) + c];
            }
        }

        Array.Clear(_left);
        var leftSize = 0.0;
        var missing = cuts.Count + 1;
        for (var cut = 0; cut < cuts.Count + (cuts.HasMissing ? 1 : 0); cut++)
        {
            leftSize += _groupSizes[cut];
            for (var c = 0; c < width; c++)
            {
                _left[c] += _groupSums[(cut * width) + c];
            }

            Consider(feature, cuts.Bin(cut), false, leftSize, default, ref best);
            if (cuts.HasMissing && cut < cuts.Count)
            {
                Consider(feature, cuts.Bin(cut), true, leftSize + _groupSizes[missing], _groupSums.AsSpan(missing * width, width), ref best);
            }
        }
    }

    public override void WriteLeaf(LeafWriter writer)
    {
        for (var c = 0; c < width; c++)
        {
            if (_total[c] != 0)
            {
                writer.Add(c, _total[c] / _size);
            }
        }
    }

    private void Consider(int feature, int bin, bool missingGoesLeft, double leftSize, ReadOnlySpan<double> missing, ref ForestSplit best)
    {
        var rightSize = _size - leftSize;
        if (leftSize < minimumLeafSize || rightSize < minimumLeafSize)
        {
            return;
        }

        // Between-side sum of squares: n_l n_r / n |mean_l - mean_r|^2, which does not cancel.
        var gain = 0.0;
        for (var c = 0; c < width; c++)
        {
            var left = _left[c] + (missing.IsEmpty ? 0 : missing[c]);
            var difference = (left / leftSize) - ((_total[c] - left) / rightSize);
            gain += difference * difference;
        }

        gain *= leftSize * rightSize / _size;
        if (gain > best.Gain)
        {
            best = new ForestSplit(feature, bin, missingGoesLeft, gain);
        }
    }
}
