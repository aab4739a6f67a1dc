namespace DigitalTwin.Models.Trees.Nodes;

/// <summary>One node of a tree, 16 bytes. A value up to the threshold goes left, a larger one right, a missing one the way training chose.</summary>
internal readonly struct TreeNode
{
    private const int LeafMark = -1;

    private readonly int _code;

    private TreeNode(double threshold, int code, int next) => (Threshold, _code, Next) = (threshold, code, next);

    public double Threshold { get; }

    /// <summary>Number of the left child, whose right sibling follows it; of a leaf, the number of the leaf.</summary>
    public int Next { get; }

    public bool IsLeaf => _code == LeafMark;

    /// <summary>Feature split on; meaningless for a leaf.</summary>
    public int Feature => _code >> 1;

    public bool MissingGoesLeft => (_code & 1) == 1;

    public static TreeNode Split(int feature, double threshold, bool missingGoesLeft, int left) => new(threshold, (feature << 1) | (missingGoesLeft ? 1 : 0), left);

    public static TreeNode Leaf(int number) => new(0, LeafMark, number);

    /// <summary>Feature and missing direction of a split in one number, -1 for a leaf: with threshold and <see cref="Next"/> it is the node.</summary>
    public int Code => _code;

    public static TreeNode OfCode(double threshold, int code, int next) => new(threshold, code, next);

    /// <summary>Child that a value falls to.</summary>
    /// <remarks>Without a jump that the processor could guess wrong.</remarks>
    public int ChildOf(double value)
    {
        var goesRight = (value > Threshold) | (double.IsNaN(value) & !MissingGoesLeft);
        return Next + (goesRight ? 1 : 0);
    }

    /// <summary>The same node where children and leaves are numbered from elsewhere.</summary>
    public TreeNode Moved(int nodes, int leaves) => new(Threshold, _code, Next + (IsLeaf ? leaves : nodes));
}
