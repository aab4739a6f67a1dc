using DigitalTwin.Kernels;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Numerics.Compute;
using DigitalTwin.Numerics.Compute.Simd;
using DigitalTwin.Tests.Engine.Numerics.Autodiff;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

/// <summary>Factors on the edges of a graph: what layers compute through them, and their gradients.</summary>
public sealed class EdgeGatesTests
{
    private const int NodeCount = 6;
    private const int PatientCount = 2;

    // Undirected but for the last, with one inhibition.
    private static readonly (int First, int Second, float Weight)[] Edges = [(0, 1, 1f), (0, 3, -0.5f), (1, 2, 2f), (2, 4, 1.5f), (3, 5, 0.7f), (4, 5, 1f)];

    private static readonly Dictionary<string, Func<LayerScope, SharedGraph, ILayer>> Layers = new(StringComparer.Ordinal)
    {
        ["gcn, multiplies first"] = (s, g) => new GraphConvolution(s, g, 3, 4, Activation.Tanh),
        ["gcn, propagates last, gelu"] = (s, g) => new GraphConvolution(s, g, 3, 2, Activation.Gelu),
        ["sage, mean"] = (s, g) => new GraphSage(s, g, 3, 4, NeighborAggregation.Mean, Activation.Tanh),
        ["sage, maximum"] = (s, g) => new GraphSage(s, g, 3, 4, NeighborAggregation.Maximum, Activation.Tanh),
        ["gin"] = (s, g) => new GraphIsomorphism(s, g, 3, 5, 4, Activation.Tanh),
        ["gat"] = (s, g) => new GraphAttention(s, g, 3, new AttentionOptions { Heads = 2, HeadWidth = 3 }),
        ["gat, edges, without loops"] = (s, g) => new GraphAttention(s, g, 3, new AttentionOptions { Heads = 2, HeadWidth = 3, UsesEdgeFeatures = true, AddsSelfLoops = false }),
        ["gatv2"] = (s, g) => new DynamicGraphAttention(s, g, 3, new AttentionOptions { Heads = 2, HeadWidth = 3, NegativeSlope = 0.3f }),
        ["gatv2, edges, one matrix"] = (s, g) => new DynamicGraphAttention(s, g, 3, new AttentionOptions { Heads = 3, HeadWidth = 2, UsesEdgeFeatures = true, SharesWeights = true, ConcatenatesHeads = false }),
        ["two layers"] = (s, g) => new Chain([new GraphConvolution(s.Part(0), g, 3, 3, Activation.Tanh), new GraphConvolution(s.Part(1), g, 3, 2, Activation.Tanh)]),
    };

    public static TheoryData<string> Cases() => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reference_ThroughFactorsOfOne_ALayerGivesWhatItGivesWithoutGates(string name)
    {
        using var bench = new LayerBench();
        var (layer, graph) = Make(name, bench);
        var plain = bench.Run(layer, Input());
        using var gates = new EdgeGates(bench.Backend, graph.Host);
        graph.Gates = gates;

        Assert.Equal(plain, bench.Run(layer, Input()));
        Agreement.Close(plain, Through(bench, layer, gates, Ones(gates)).Output, 1e-12, 1e-13);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Property_GradientsOfGatesOfEachPatient_MatchCentralDifferences(string name)
    {
        using var differences = new FiniteDifferences();
        using var graph = new SharedGraph(differences.Backend, Graph(), Features(), 2);
        using var gates = new EdgeGates(differences.Backend, graph.Host);
        using var parameters = new ParameterSet(differences.Backend);
        var layer = Layers[name](new LayerScope(parameters, 5), graph);
        graph.Gates = gates;

        var compared = differences.With(PatientCount * NodeCount, 3).With(PatientCount * gates.Count, 1, 0.3, 1).Check(
            (tape, x) =>
            {
                gates.Factors = x[1];
                return layer.Forward(tape, x[0]);
            },
            isTraining: false);

        Assert.Equal(PatientCount * ((NodeCount * 3) + Edges.Length + 1), compared);
    }

    // Layers whose coefficients do not depend on the other edges: an edge that is shut is an edge that is not there.
    [Theory]
    [InlineData("gin")]
    [InlineData("sage, maximum")]
    public void ClosedForm_AnEdgeThatIsShut_IsAnEdgeThatIsNotThere(string name)
    {
        for (var k = 0; k < Edges.Length; k++)
        {
            using var bench = new LayerBench();
            var (layer, graph) = Make(name, bench);
            using var gates = new EdgeGates(bench.Backend, graph.Host);
            graph.Gates = gates;
            var factors = Ones(gates);
            factors[k] = factors[gates.Count + k] = 0;
            using var other = new LayerBench();
            var without = Layers[name](other.Scope, other.Graph(Graph(k)));
            other.Scatter();

            Agreement.Close(other.Run(without, Input()), Through(bench, layer, gates, factors).Output, 1e-12, 1e-13);
        }
    }

    // Coefficients are those of the whole graph whatever gates are shut: divided by degrees, shared out by a softmax. What edges add is then a sum over edges,
    // each of which speaks to its two nodes only.
    [Theory]
    [InlineData("gcn")]
    [InlineData("sage")]
    [InlineData("gat")]
    [InlineData("gatv2")]
    public void Property_WithoutActivation_WhatEdgesAddIsASumOverEdges_EachToItsTwoNodes(string name)
    {
        using var bench = new LayerBench();
        var graph = bench.Graph(Graph());
        var attention = new AttentionOptions { Heads = 2, HeadWidth = 2, Activation = Activation.None };
        ILayer layer = name switch
        {
            "gcn" => new GraphConvolution(bench.Scope, graph, 3, 4, Activation.None),
            "sage" => new GraphSage(bench.Scope, graph, 3, 4, activation: Activation.None),
            "gat" => new GraphAttention(bench.Scope, graph, 3, attention),
            _ => new DynamicGraphAttention(bench.Scope, graph, 3, attention),
        };
        bench.Scatter();
        using var gates = new EdgeGates(bench.Backend, graph.Host);
        graph.Gates = gates;
        var whole = Through(bench, layer, gates, Ones(gates)).Output;
        var nothing = Through(bench, layer, gates, [.. Enumerable.Range(0, PatientCount * gates.Count).Select(k => k % gates.Count == Edges.Length ? 1.0 : 0)]).Output;
        var sum = new double[whole.Length];
        for (var k = 0; k < Edges.Length; k++)
        {
            var factors = Ones(gates);
            factors[k] = factors[gates.Count + k] = 0;
            var without = Through(bench, layer, gates, factors).Output;
            for (var place = 0; place < sum.Length; place++)
            {
                sum[place] += whole[place] - without[place];
                var node = place / 4 % NodeCount;
                Assert.True(node == Edges[k].First || node == Edges[k].Second || whole[place] == without[place], $"edge {k} speaks to node {node}");
            }
        }

        Agreement.Close([.. whole.Zip(nothing, (w, n) => w - n)], sum, 1e-9, 1e-11);
        Assert.Contains(sum, s => Math.Abs(s) > 0.1);
    }

    // A path 0 - 1 - 2 and the pair 3 - 4, one feature, output 2 S x, loss the sum of the outputs:
    // dL / dgate(i, j) = 2 (S_ij x_j + S_ji x_i), S_ij = 1 / sqrt((1 + d_i) (1 + d_j)).
    [Fact]
    public void ClosedForm_AGraphConvolutionOfOneNumber_AndAnEdgeBetweenSilentNodesHasNothing()
    {
        using var bench = new LayerBench();
        var graph = bench.Graph(new CsrMatrix(5, 5, [0, 1, 3, 4, 5, 6], [1, 0, 2, 1, 4, 3]));
        var layer = new GraphConvolution(bench.Scope, graph, 1, 1, Activation.None);
        bench.Set("weight", [2]);
        using var gates = new EdgeGates(bench.Backend, graph.Host);
        graph.Gates = gates;

        var (output, gradient) = Through(bench, layer, gates, [0.5, 1, 1, 1], [1, 2, 3, 0, 0], isSum: true);

        Assert.Equal([(0, 1), (1, 2), (3, 4)], gates.Edges);
        var s = 1 / Math.Sqrt(6);
        Agreement.Close([2 * ((1 / 2.0) + (0.5 * s * 2)), 2 * ((2 / 3.0) + (0.5 * s * 1) + (s * 3)), 2 * ((3 / 2.0) + (s * 2)), 0, 0], output, 1e-6, 1e-6);
        Agreement.Close([2 * s * (1 + 2), 2 * s * (2 + 3), 0, 2 * ((1 / 2.0) + (2 / 3.0) + (3 / 2.0))], gradient, 1e-6, 1e-6);
        Assert.Equal(0, gradient[2]);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reference_OnSimd_MatchesFloat64(string name) => Compare(name, new SimdBackend(2));

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reference_OnIlgpu_MatchesFloat64(string name) => Compare(name, IlgpuBackend.OnDebugger(new IlgpuOptions { GroupSize = 32, LongRowEdges = 20 }));

    [Fact]
    public void Property_GradientsAreTheSameOnAnyThreads()
    {
        var one = Run("two layers", new LayerBench(new SimdBackend(1)));
        var four = Run("two layers", new LayerBench(new SimdBackend(4)));

        Assert.Equal(one.Output, four.Output);
        Assert.Equal(one.Gradient, four.Gradient);
    }

    [Fact]
    public void Error_EdgesOfANodeToItself_AndBipartiteGraphs_AreRefused()
    {
        using var bench = new LayerBench();

        Assert.Contains("Node 1 has an edge to itself", Assert.Throws<UnusableGraphException>(
            () => new EdgeGates(bench.Backend, new CsrMatrix(2, 2, [0, 1, 2], [1, 1]))).Message, StringComparison.Ordinal);
        Assert.Contains("two kinds of nodes", Assert.Throws<UnusableGraphException>(
            () => new EdgeGates(bench.Backend, LayerCases.Pathways)).Message, StringComparison.Ordinal);
    }

    private static void Compare(string name, IComputeBackend backend)
    {
        var (expected, expectedGradient) = Run(name, new LayerBench());
        var (actual, gradient) = Run(name, new LayerBench(backend));

        Agreement.Close(expected, actual, 2e-4, 2e-5);
        Agreement.Close(expectedGradient, gradient, 2e-4, 2e-5);
        Assert.Contains(expectedGradient, g => Math.Abs(g) > 0.01);
    }

    private static (double[] Output, double[] Gradient) Run(string name, LayerBench bench)
    {
        using (bench)
        {
            var (layer, graph) = Make(name, bench);
            using var gates = new EdgeGates(bench.Backend, graph.Host);
            graph.Gates = gates;
            return Through(bench, layer, gates, [.. Enumerable.Range(0, PatientCount * gates.Count).Select(k => 0.3 + (0.1 * (k % 7)))]);
        }
    }

    private static (ILayer Layer, SharedGraph Graph) Make(string name, LayerBench bench)
    {
        var graph = bench.Graph(Graph(), Features(), 2);
        var layer = Layers[name](bench.Scope, graph);
        bench.Scatter();
        return (layer, graph);
    }

    /// <summary>Output and gradients of the factors, of output number k times sin(k), or of the sum of the outputs.</summary>
    private static (double[] Output, double[] Gradient) Through(LayerBench bench, ILayer layer, EdgeGates gates, double[] factors, double[]? input = null, bool isSum = false)
    {
        using var tape = new Tape(bench.Backend);
        var opened = tape.Variable(bench.Input(factors, 1), "factors");
        gates.Factors = opened;
        var output = layer.Forward(tape, tape.Constant(bench.Input(input ?? Input(), layer.InputWidth), "input"));
        gates.Factors = null;
        var weights = bench.Input([.. Enumerable.Range(1, (int)output.Value.Length).Select(k => isSum ? 1 : Math.Sin(k))], output.Columns);
        tape.Backward(tape.Sum(tape.Multiply(output, tape.Constant(weights, "weights"))));
        return (bench.Read(output.Value), bench.Read(opened.Gradient!.Value));
    }

    private static double[] Ones(EdgeGates gates) => [.. Enumerable.Repeat(1.0, PatientCount * gates.Count)];

    private static double[] Input() => [.. Enumerable.Range(0, PatientCount * NodeCount * 3).Select(k => Math.Sin((7 * k) + (0.3 * k * k)))];

    private static float[] Features() => [.. Enumerable.Range(0, Cells(-1).Length).SelectMany(k => new[] { 0.3f * (k % 4), (k % 3) - 1f })];

    private static (int Row, int Column, float Weight)[] Cells(int leftOut) =>
    [
        .. Edges.Where((_, k) => k != leftOut).SelectMany(e => new[] { (Row: e.First, Column: e.Second, e.Weight), (Row: e.Second, Column: e.First, e.Weight) })
            .Where(c => (c.Row, c.Column) != (4, 5)).OrderBy(c => c.Row).ThenBy(c => c.Column),
    ];

    private static CsrMatrix Graph(int leftOut = -1)
    {
        var cells = Cells(leftOut);
        return new CsrMatrix(
            NodeCount, NodeCount, [.. Enumerable.Range(0, NodeCount + 1).Select(i => cells.Count(c => c.Row < i))], [.. cells.Select(c => c.Column)], [.. cells.Select(c => c.Weight)]);
    }
}
