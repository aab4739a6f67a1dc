using DigitalTwin.Models.Trees.Nodes;

namespace DigitalTwin.Models.Trees.Forests;

/// <summary>How a node of a forest is judged: the best cut of one feature, and what a leaf says. Holds the node it is at: one a thread.</summary>
internal abstract class SplitRule
{
    /// <summary>Numbers that a leaf speaks of.</summary>
    public abstract int Width { get; }

    /// <summary>Every subject once, in the order in which the rule wants to meet them in every node.</summary>
    public abstract int[] Order { get; }

    /// <summary>Takes up a node.</summary>
    /// <param name="members">Subjects in it, in the rule's order.</param>
    /// <param name="counts">How often each subject was drawn, shape [subjects].</param>
    /// <returns>False where all in it are alike.</returns>
    public abstract bool Enter(ReadOnlySpan<int> members, ReadOnlySpan<int> counts);

    /// <summary>Looks for a cut of a feature that is better than the best so far; the first of equals stays.</summary>
    public abstract void Search(int feature, CutPoints cuts, ReadOnlySpan<byte> bins, ReadOnlySpan<int> members, ref ForestSplit best);

    /// <summary>Writes what a leaf of the node taken up says.</summary>
    public abstract void WriteLeaf(LeafWriter writer);
}

/// <summary>A cut of a node.</summary>
/// <param name="Feature">-1 for none.</param>
/// <param name="Bin">The last bin that goes left.</param>
/// <param name="MissingGoesLeft">Where missing values go.</param>
/// <param name="Gain">What the rule gains, positive.</param>
internal readonly record struct ForestSplit(int Feature, int Bin, bool MissingGoesLeft, double Gain)
{
    public static ForestSplit None => new(-1, 0, false, 0);
}
