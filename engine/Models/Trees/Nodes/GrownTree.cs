namespace DigitalTwin.Models.Trees.Nodes;

/// <summary>One tree as it was grown: the root is node 0.</summary>
/// <param name="Nodes">Shape [nodes].</param>
/// <param name="Leaves">What the leaves say.</param>
/// <param name="Gains">Sum of the gains of the splits on each feature, shape [features].</param>
internal sealed record GrownTree(TreeNode[] Nodes, LeafTable Leaves, double[] Gains);
