using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Tests.Engine.Networks.Layers;

public sealed class GraphInputTests : IDisposable
{
    private readonly LayerBench _bench = new();

    public void Dispose() => _bench.Dispose();

    [Fact]
    public void ClosedForm_SymmetricNormalizationOfAPath_IsOneOverRootsOfDegrees()
    {
        // 0 - 1 - 2, with self loops the degrees are 2, 3, 2.
        var path = new CsrMatrix(3, 3, [0, 1, 3, 4], [1, 0, 2, 1]);
        var normal = GraphNormalization.Symmetric(path);
        Assert.Equal([0, 1, 0, 1, 2, 1, 2], normal.ColumnIndices);
        float[] expected = [1f / 2, 1f / MathF.Sqrt(6), 1f / MathF.Sqrt(6), 1f / 3, 1f / MathF.Sqrt(6), 1f / MathF.Sqrt(6), 1f / 2];
        Assert.Equal(expected, normal.Values!.Select(v => v), (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void ClosedForm_MeanOfSignedNeighbours_DividesByAbsoluteWeights()
    {
        var graph = new CsrMatrix(2, 2, [0, 2, 2], [0, 1], [3f, -1f]);
        Assert.Equal([0.75f, -0.25f], GraphNormalization.RowMean(graph).Values!);
    }

    [Fact]
    public void ClosedForm_SelfLoops_AreAddedOnceAndKeepTheNumbersOfOtherEdges()
    {
        var graph = new CsrMatrix(3, 3, [0, 1, 2, 3], [2, 1, 0], [5f, 6f, 7f]);
        var (looped, edgeOf) = GraphNormalization.WithSelfLoops(graph);
        Assert.Equal([0, 2, 3, 5], looped.RowOffsets);
        Assert.Equal([0, 2, 1, 0, 2], looped.ColumnIndices);
        Assert.Equal([1f, 5f, 6f, 7f, 1f], looped.Values!);
        Assert.Equal([-1, 0, 1, 2, -1], edgeOf);
    }

    [Fact]
    public void Error_GraphWithoutEdges_SaysSoAndWhatToDo()
    {
        var error = Assert.Throws<UnusableGraphException>(() => _bench.Graph(new CsrMatrix(4, 4, [0, 0, 0, 0, 0], [])));
        Assert.Equal("The graph [4, 4] has no edges, so that no message can pass. Check that its gene symbols are those of the data, or use a MultilayerPerceptron.", error.Message);
    }

    [Fact]
    public void Error_WeightThatIsNotFinite_NamesTheEdge()
    {
        var error = Assert.Throws<UnusableGraphException>(() => _bench.Graph(new CsrMatrix(2, 2, [0, 1, 2], [1, 0], [1f, float.NaN])));
        Assert.Contains("edge 1 is NaN", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_BipartiteGraphInAConvolution_IsRefused()
    {
        var pathways = _bench.Graph(LayerCases.Pathways);
        var error = Assert.Throws<UnusableGraphException>(() => new GraphConvolution(_bench.Scope, pathways, 3, 3));
        Assert.Contains("[2, 6]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Error_EdgeFeaturesThatTheGraphLacks_AreRefused(bool addsSelfLoops)
    {
        var graph = _bench.Graph(new CsrMatrix(2, 2, [0, 1, 2], [1, 0]));
        var options = new AttentionOptions { UsesEdgeFeatures = true, AddsSelfLoops = addsSelfLoops };
        Assert.Equal(
            "The graph has no edge features. Give them when the graph is made, or make the layer without.",
            Assert.Throws<UnusableGraphException>(() => new DynamicGraphAttention(_bench.Scope, graph, 3, options)).Message);
    }

    [Fact]
    public void Error_RelationWithoutEdges_IsNamed()
    {
        var edges = new CsrMatrix(2, 2, [0, 1, 1], [1]);
        var error = Assert.Throws<UnusableGraphException>(() => _bench.Relations(("activation", edges), ("inhibition", new CsrMatrix(2, 2, [0, 0, 0], []))));
        Assert.Contains("'inhibition'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_InputOfOtherGenes_NamesBothShapes()
    {
        var layer = LayerCases.Make("gcn", _bench);
        var error = Assert.Throws<ShapeMismatchException>(() => _bench.Run(layer, new double[21]));
        Assert.Contains("[7, ", error.Message, StringComparison.Ordinal);
        Assert.Contains("6 nodes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_LayersThatDoNotFit_AreNamed()
    {
        var error = Assert.Throws<ShapeMismatchException>(() => new Chain(new Linear(_bench.Scope.Part("a"), 3, 4), new LayerNormalization(_bench.Scope.Part("b"), 5)));
        Assert.Equal("Linear gives 4 features and LayerNormalization takes 5: they cannot follow each other.", error.Message);
    }

    [Fact]
    public void Property_FirstValues_DependOnSeedAndNameOnly()
    {
        using var other = new LayerBench();
        _ = new Linear(other.Scope.Part("before"), 2, 2);
        _ = new Linear(other.Scope.Part("encoder"), 40, 30);
        _ = new Linear(_bench.Scope.Part("encoder"), 40, 30);
        var (first, second) = (_bench.Parameters.Parameters[0], other.Parameters.Parameters[2]);
        Assert.Equal("encoder.weight", second.Name);
        Assert.Equal(LayerBench.Numbers(first.Value), LayerBench.Numbers(second.Value));
        var bound = Math.Sqrt(6.0 / 70);
        Assert.InRange(LayerBench.Numbers(first.Value).Max(), 0.98 * bound, bound);
        Assert.InRange(LayerBench.Numbers(first.Value).Average(), -0.02, 0.02);
    }

    [Fact]
    public void ClosedForm_FirstValuesByHe_HaveVarianceTwoByInputs()
    {
        _ = new Linear(_bench.Scope, 50, 200, Activation.Relu);
        var values = LayerBench.Numbers(_bench.Parameters.Parameters[0].Value);
        Assert.InRange(values.Sum(v => v * v) / values.Length, 0.96 * 2 / 50, 1.04 * 2 / 50);
    }
}
