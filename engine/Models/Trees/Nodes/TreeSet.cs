using DigitalTwin.Models.Encoding;
using DigitalTwin.Models.Storage;

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

    private TreeSet(TreeNode[] nodes, int[] roots, LeafTable leaves) => (_nodes, _roots, _leaves) = (nodes, roots, leaves);

    public int TreeCount => _roots.Length;

    public void Write(ModelWriter writer)
    {
        writer.Ints(_roots);
        writer.Numbers(Array.ConvertAll(_nodes, n => n.Threshold));
        writer.Ints(Array.ConvertAll(_nodes, n => n.Code));
        writer.Ints(Array.ConvertAll(_nodes, n => n.Next));
        _leaves.Write(writer);
    }

    /// <param name="reader">Where it stands.</param>
    /// <param name="featureCount">Features that nodes may split on.</param>
    /// <param name="width">Numbers a leaf speaks of.</param>
    public static TreeSet Read(ModelReader reader, int featureCount, int width)
    {
        var (roots, thresholds, codes, nexts) = (reader.Ints(), reader.Numbers(), reader.Ints(), reader.Ints());
        reader.Require(codes.Length == thresholds.Length && nexts.Length == thresholds.Length, $"{thresholds.Length} nodes of trees have {codes.Length} features and {nexts.Length} children");
        TreeNode[] nodes = [.. thresholds.Select((t, k) => TreeNode.OfCode(t, codes[k], nexts[k]))];
        var leaves = LeafTable.Read(reader, width);
        reader.Require(roots.Length == 0 ? nodes.Length == 0 : roots[0] == 0, $"the first tree does not start at the first of {nodes.Length} nodes");
        for (var t = 0; t < roots.Length; t++)
        {
            Check(reader, nodes, roots[t], t + 1 < roots.Length ? roots[t + 1] : nodes.Length, featureCount, leaves.LeafCount);
        }

        return new TreeSet(nodes, roots, leaves);
    }

    // Children stand after their parent and inside their tree, so that every path ends in a leaf.
    private static void Check(ModelReader reader, TreeNode[] nodes, int root, int end, int featureCount, int leafCount)
    {
        reader.Require(root < end && end <= nodes.Length, $"a tree runs from node {root} to {end} of {nodes.Length}");
        for (var k = root; k < end; k++)
        {
            var node = nodes[k];
            if (node.IsLeaf)
            {
                reader.Require((uint)node.Next < (uint)leafCount, $"node {k} is leaf {node.Next}, and there are {leafCount} leaves");
            }
            else
            {
                reader.Require(node.Code >= 0 && node.Feature < featureCount, $"node {k} splits on feature {node.Feature}, and there are {featureCount}");
                reader.Require(node.Next > k && node.Next < end - 1, $"node {k} leads to nodes {node.Next} and {(long)node.Next + 1} of a tree that ends at {end}");
            }
        }
    }

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
