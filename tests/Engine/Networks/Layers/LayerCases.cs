using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

/// <summary>Each layer with 3 features over the graph of tests/Reference/torch, by the name of its case there.</summary>
internal static class LayerCases
{
    public const int NodeCount = 6;

    private static readonly (int Row, int Column, float Weight)[] Edges =
        [(0, 1, 1f), (0, 3, -0.5f), (1, 0, 2f), (1, 2, 1f), (2, 2, 0.7f), (2, 4, -1.5f), (3, 0, 1f), (3, 1, 0.3f), (3, 5, 1f), (4, 3, 1f)];

    private static readonly Dictionary<string, Func<LayerBench, int[], ILayer>> ByName = new(StringComparer.Ordinal)
    {
        ["gcn"] = (b, o) => new GraphConvolution(b.Scope, Graph(b, o), 3, 4, Activation.Tanh),
        ["gcn.narrow"] = (b, o) => new GraphConvolution(b.Scope, Graph(b, o), 3, 2, Activation.Tanh),
        ["sage.mean"] = (b, o) => new GraphSage(b.Scope, Graph(b, o), 3, 4, NeighborAggregation.Mean, Activation.Tanh),
        ["sage.maximum"] = (b, o) => new GraphSage(b.Scope, Graph(b, o), 3, 4, NeighborAggregation.Maximum, Activation.Tanh),
        ["gin"] = (b, o) => new GraphIsomorphism(b.Scope, Graph(b, o), 3, 5, 4, Activation.Tanh),
        ["gat"] = (b, o) => new GraphAttention(b.Scope, Graph(b, o), 3, new AttentionOptions { Heads = 2, HeadWidth = 3 }),
        ["gat.edges"] = (b, o) => new GraphAttention(b.Scope, Graph(b, o), 3, new AttentionOptions { Heads = 2, HeadWidth = 3, UsesEdgeFeatures = true }),
        ["gat.mean"] = (b, o) => new GraphAttention(b.Scope, Graph(b, o), 3, new AttentionOptions { Heads = 3, HeadWidth = 2, ConcatenatesHeads = false, AddsSelfLoops = false }),
        ["gatv2"] = (b, o) => new DynamicGraphAttention(b.Scope, Graph(b, o), 3, new AttentionOptions { Heads = 2, HeadWidth = 3 }),
        ["gatv2.shared"] = (b, o) => new DynamicGraphAttention(b.Scope, Graph(b, o), 3, new AttentionOptions { Heads = 2, HeadWidth = 3, SharesWeights = true }),
        ["gatv2.edges"] = (b, o) => new DynamicGraphAttention(b.Scope, Graph(b, o), 3, new AttentionOptions { Heads = 2, HeadWidth = 3, UsesEdgeFeatures = true }),
        ["rgcn"] = (b, o) => new RelationalConvolution(b.Scope, Relations(b, o), 3, 4, activation: Activation.Tanh),
        ["rgcn.basis"] = (b, o) => new RelationalConvolution(b.Scope, Relations(b, o), 3, 2, basisCount: 3, Activation.Tanh),
        ["message passing"] = (b, o) => new MessagePassing(b.Scope, Relations(b, o), 3, 5, 4, Activation.Tanh),
        ["residual"] = (b, o) => new Residual(b.Scope, new GraphConvolution(b.Scope, Graph(b, o), 3, 4, Activation.Tanh)),
        ["jumping.concatenation"] = (b, o) => Jumping(b, o, JumpingMode.Concatenation, false),
        ["jumping.maximum"] = (b, o) => Jumping(b, o, JumpingMode.Maximum, true),
        ["jumping.last"] = (b, o) => Jumping(b, o, JumpingMode.Last, true),
        ["layer norm"] = (b, _) => new LayerNormalization(b.Scope, 3),
        ["attention pooling"] = (b, _) => new AttentionPooling(b.Scope, b.Graph(CsrMatrix.Segments([0, NodeCount])), 3, 5),
        ["attention pooling.pathways"] = (b, _) => new AttentionPooling(b.Scope, b.Graph(Pathways), 3, 5, scoresMembers: true),
        ["pathway mean"] = (b, _) => new PathwayPooling(b.Graph(Pathways), 3),
        ["pathway maximum"] = (b, _) => new PathwayPooling(b.Graph(Pathways), 3, Reduction.Maximum),
        ["gene embedding"] = (b, _) => new GeneEmbedding(b.Scope, NodeCount, 3, 2),
    };

    /// <summary>Layers of which torch has no case: checked by central differences only.</summary>
    private static readonly Dictionary<string, Func<LayerBench, ILayer>> Others = new(StringComparer.Ordinal)
    {
        ["linear, gelu"] = b => new Linear(b.Scope, 3, 4, Activation.Gelu),
        ["perceptron with dropout"] = b => new MultilayerPerceptron(b.Scope, [3, 8, 5, 2], Activation.Silu, dropout: 0.3f),
        ["batch norm"] = b => new BatchNormalization(b.Scope, 3),
        ["pathway sum"] = b => new PathwayPooling(b.Graph(Pathways), 3, Reduction.Sum),
        ["attention pooling with heads"] = b => new AttentionPooling(b.Scope, b.Graph(Pathways), 3, 4, heads: 3),
    };

    /// <summary>Cases of layers whose output has one row a node.</summary>
    public static IEnumerable<string> OverNodes => ByName.Keys.Where(n => !n.Contains("pool", StringComparison.Ordinal) && !n.Contains("pathway", StringComparison.Ordinal) && n != "gene embedding");

    public static IEnumerable<string> InTorch => ByName.Keys;

    public static IEnumerable<string> All => ByName.Keys.Concat(Others.Keys);

    public static CsrMatrix Pathways => new(2, NodeCount, [0, 3, 5], [0, 2, 5, 1, 2]);

    /// <summary>Makes a layer.</summary>
    /// <param name="name">Its case.</param>
    /// <param name="bench">Owner of its parameters and graphs.</param>
    /// <param name="newNumbers">New number of each node, to write the same graph in another order; none for the order of the reference.</param>
    public static ILayer Make(string name, LayerBench bench, int[]? newNumbers = null) => ByName.TryGetValue(name, out var make)
        ? make(bench, newNumbers ?? [.. Enumerable.Range(0, NodeCount)])
        : Others[name](bench);

    private static SharedGraph Graph(LayerBench bench, int[] newNumbers)
    {
        var (matrix, order) = Csr(newNumbers, _ => true);
        var features = order.SelectMany(k => new[] { Edges[k].Weight, k % 3 }).ToArray();
        return bench.Graph(matrix, features, 2);
    }

    private static RelationalGraph Relations(LayerBench bench, int[] newNumbers) =>
        bench.Relations(("activation", Csr(newNumbers, w => w > 0).Matrix), ("inhibition", Csr(newNumbers, w => w < 0).Matrix));

    private static (CsrMatrix Matrix, int[] Order) Csr(int[] newNumbers, Func<float, bool> keep)
    {
        var order = Enumerable.Range(0, Edges.Length).Where(k => keep(Edges[k].Weight))
            .OrderBy(k => newNumbers[Edges[k].Row]).ThenBy(k => newNumbers[Edges[k].Column]).ToArray();
        var offsets = new int[NodeCount + 1];
        foreach (var k in order)
        {
            offsets[newNumbers[Edges[k].Row] + 1]++;
        }

        for (var i = 0; i < NodeCount; i++)
        {
            offsets[i + 1] += offsets[i];
        }

        return (new CsrMatrix(NodeCount, NodeCount, offsets, [.. order.Select(k => newNumbers[Edges[k].Column])], [.. order.Select(k => Edges[k].Weight)]), order);
    }

    private static JumpingKnowledge Jumping(LayerBench b, int[] o, JumpingMode mode, bool recomputes)
    {
        var graph = Graph(b, o);
        return new JumpingKnowledge([new GraphConvolution(b.Scope.Part(0), graph, 3, 4, Activation.Tanh), new GraphConvolution(b.Scope.Part(1), graph, 4, 4, Activation.Tanh)], mode, recomputes);
    }
}
