using DigitalTwin.Models.Encoding;

namespace DigitalTwin.Models.Trees.Nodes;

/// <summary>Many trees in one array of nodes. Immutable.</summary>
internal sealed class TreeSet
{
    // Subjects that pass through one tree together, so that its nodes stay in cache.
    private const int BlockSize = 256;

    private readonly TreeNode[] _nodes;
    private readonly int[] _roots;
    private readonly LeafTable _leaves;

    public TreeSet(IReadOnlyList<GrownTree> trees)
    {
        _nodes = new TreeNode[trees.Sum(t => t.Nodes.Length)];
        _roots = new int[trees.Count];
        _leaves = LeafTable.Concatenate([.. trees.Select(t => t.Leaves)]);
        var (node, leaf) = (0, 0);
        for (var t = 0; t < trees.Count; t++)
        {
            _roots[t] = node;
            foreach (var original in trees[t].Nodes)
            {
                _nodes[node++] = original.Moved(_roots[t], leaf);
            }

            leaf += trees[t].Leaves.LeafCount;
        }
    }

    public int TreeCount => _roots.Length;

    /// <summary>Adds what every tree says of each subject, in the order of the trees.</summary>
    /// <param name="features">Of the subjects, NaN where missing.</param>
    /// <param name="sums">Shape [subjects, width].</param>
    /// <param name="width">Numbers a leaf speaks of.</param>
    /// <param name="threadCount">The result does not depend on it.</param>
    /// <param name="counts">Whether a tree speaks of a subject (tree, subject); null for all.</param>
    public void AddTo(FeatureMatrix features, double[] sums, int width, int threadCount, Func<int, int, bool>? counts = null)
    {
        var blockCount = (features.SubjectCount + BlockSize - 1) / BlockSize;
        Parallel.For(0, blockCount, new ParallelOptions { MaxDegreeOfParallelism = threadCount }, block =>
        {
            var (first, end) = (block * BlockSize, Math.Min((block + 1) * BlockSize, features.SubjectCount));
            for (var t = 0; t < _roots.Length; t++)
            {
                for (var i = first; i < end; i++)
                {
                    if (counts is null || counts(t, i))
                    {
                        _leaves.AddTo(LeafOf(t, features.Row(i)), sums.AsSpan(i * width, width));
                    }
                }
            }
        });
    }

    private int LeafOf(int tree, ReadOnlySpan<double> row)
    {
        ref readonly var node = ref _nodes[_roots[tree]];
        while (!node.IsLeaf)
        {
            node = ref _nodes[node.ChildOf(row[node.Feature])];
        }

        return node.Next;
    }
}
