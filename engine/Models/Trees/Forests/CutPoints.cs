using System.Numerics;
using DigitalTwin.Models.Trees.Features;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>The cut points of one feature that a split of one node is searched among, and the group of subjects between two neighbouring cuts that each bin
/// belongs to: group 0 lies left of every cut. Missing values are a group of their own, behind one further cut between what is there and what is missing.</summary>
internal sealed class CutPoints
{
    private readonly byte[] _groups = new byte[256];
    private readonly byte[] _cutBins = new byte[256];
    private readonly byte[] _occupied = new byte[256];
    private readonly int[] _order = new int[256];

    /// <summary>Cuts between values that are there.</summary>
    public int Count { get; private set; }

    public bool HasMissing { get; private set; }

    /// <summary>Groups of values that are there, and one more for missing values, the last.</summary>
    public int GroupCount => Count + 2;

    /// <summary>Group of each bin, shape [256].</summary>
    public ReadOnlySpan<byte> Groups => _groups;

    /// <summary>The last bin left of a cut.</summary>
    public int Bin(int cut) => cut < Count ? _cutBins[cut] : BinnedFeatures.MissingBin - 1;

    /// <summary>Chooses the cut points.</summary>
    /// <returns>False where the feature does not vary in the node, so that there is nothing to split on.</returns>
    public bool Choose(ReadOnlySpan<byte> bins, ReadOnlySpan<int> members, int tries, RandomStream stream)
    {
        var occupiedCount = Occupy(bins, members);
        if (occupiedCount == 0 || (occupiedCount == 1 && !HasMissing))
        {
            return false;
        }

        Count = Math.Min(occupiedCount - 1, tries);
        for (var k = 0; k < occupiedCount - 1; k++)
        {
            _order[k] = k;
        }

        if (Count < occupiedCount - 1)
        {
            for (var k = 0; k < Count; k++)
            {
                var other = k + stream.NextInt(occupiedCount - 1 - k);
                (_order[k], _order[other]) = (_order[other], _order[k]);
            }

            Array.Sort(_order, 0, Count);
        }

        var group = 0;
        for (var k = 0; k < occupiedCount; k++)
        {
            _groups[_occupied[k]] = (byte)group;
            if (group < Count && _order[group] == k)
            {
                // Halfway between the occupied bins beside the cut.
                _cutBins[group++] = (byte)((_occupied[k] + _occupied[k + 1] - 1) / 2);
            }
        }

        _groups[BinnedFeatures.MissingBin] = (byte)(Count + 1);
        return true;
    }

    private int Occupy(ReadOnlySpan<byte> bins, ReadOnlySpan<int> members)
    {
        Span<ulong> seen = stackalloc ulong[4];
        seen.Clear();
        foreach (var member in members)
        {
            var bin = bins[member];
            seen[bin >> 6] |= 1UL << bin;
        }

        const ulong missing = 1UL << 63;
        HasMissing = (seen[3] & missing) != 0;
        seen[3] &= ~missing;
        var count = 0;
        for (var word = 0; word < 4; word++)
        {
            for (var bits = seen[word]; bits != 0; bits &= bits - 1)
            {
                _occupied[count++] = (byte)((word << 6) + BitOperations.TrailingZeroCount(bits));
            }
        }

        return count;
    }
}
