using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Operations;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Operations;

public sealed class CentralityTests
{
    private static readonly ReferenceTable Graphs = ReferenceData.Table("networks/graphs.csv");
    private static readonly ReferenceValues Igraph = ReferenceData.Values("networks/igraph.csv");

    [Theory]
    [InlineData("undirected-sparse")]
    [InlineData("undirected-dense")]
    [InlineData("directed")]
    public void Reference_BetweennessAndDegrees_MatchIgraph135(string name)
    {
        var network = Graph(name);
        var degrees = NodeDegrees.Of(network);

        Agreement.Close(Igraph.Vector(name, "betweenness"), Betweenness.Of(network, isDirected: name == "directed"), 1e-12, 1e-12);
        Assert.Equal(Igraph.Vector(name, "degree"), degrees.Total.Select(d => (double)d));
        Assert.Equal(Igraph.Scalar(name, "component-count"), LargestComponent.Components(network).Max() + 1);
        Assert.Equal(Igraph.Scalar(name, "largest-component-size"), LargestComponent.Of(network).NodeCount);
        if (name == "directed")
        {
            Assert.Equal(Igraph.Vector(name, "in-degree"), degrees.In.Select(d => (double)d));
            Assert.Equal(Igraph.Vector(name, "out-degree"), degrees.Out.Select(d => (double)d));
            Agreement.Close(Igraph.Vector(name, "undirected-betweenness"), Betweenness.Of(network), 1e-12, 1e-12);
        }
    }

    [Theory]
    [InlineData("undirected-sparse", "within-2-hops", EdgeFollowing.Any)]
    [InlineData("undirected-dense", "within-2-hops", EdgeFollowing.Any)]
    [InlineData("directed", "within-2-hops", EdgeFollowing.Any)]
    [InlineData("directed", "downstream-2", EdgeFollowing.Downstream)]
    public void Reference_NodesWithinTwoHops_MatchIgraph135(string name, string quantity, EdgeFollowing following)
    {
        var network = Graph(name);

        var near = Neighborhood.Of(network, [network.Nodes[0].Symbol], 2, following);

        var expected = network.Nodes.Where((_, i) => Igraph.Vector(name, quantity)[i] == 1).Select(n => n.Symbol.Value);
        Assert.Equal(expected, NetworkText.Symbols(near.Network));
        Assert.Equal(0, near.Hops[0]);
        Assert.Equal(2, near.Hops.Max());
    }

    [Fact]
    public void ClosedForm_BetweennessOfAPath_CountsPairsOnBothSides()
    {
        const int Count = 9;

        var betweenness = Betweenness.Of(NetworkText.Path(Count));

        Assert.Equal(Enumerable.Range(0, Count).Select(i => (double)(i * (Count - 1 - i))), betweenness);
    }

    [Fact]
    public void ClosedForm_BetweennessOfAStar_IsAllPairsAtTheHub() =>
        Assert.Equal([28.0, 0, 0, 0, 0, 0, 0, 0, 0], Betweenness.Of(NetworkText.Star(9)));

    [Fact]
    public void ClosedForm_BetweennessOfADirectedChain_CountsOrderedPairs() =>
        Assert.Equal([0.0, 2, 2, 0], Betweenness.Of(NetworkText.Of("A -> B; B -> C; C -> D"), isDirected: true));

    [Fact]
    public void ClosedForm_DegreesOfMixedDirections_CountUndirectedEdgesBothWays()
    {
        var degrees = NodeDegrees.Of(NetworkText.Of("A -> B; A pp C; B -| A"));

        Assert.Equal([3, 2, 1], degrees.Total);
        Assert.Equal([2, 1, 1], degrees.In);
        Assert.Equal([2, 1, 1], degrees.Out);
    }

    [Theory]
    [InlineData(EdgeFollowing.Any, "A B C D E")]
    [InlineData(EdgeFollowing.Downstream, "C D E")]
    [InlineData(EdgeFollowing.Upstream, "A B C D")]
    public void ClosedForm_Neighborhood_FollowsDirections_AndUndirectedEdgesBothWays(EdgeFollowing following, string expected)
    {
        var near = Neighborhood.Of(NetworkText.Of("A -> B; B -> C; C pp D; C -> E"), [new GeneSymbol("C")], 2, following);

        Assert.Equal(expected.Split(' '), NetworkText.Symbols(near.Network));
    }

    [Fact]
    public void ClosedForm_LargestComponent_OfTwoAsLarge_IsTheFirst()
    {
        Assert.Equal(["A", "B"], NetworkText.Symbols(LargestComponent.Of(NetworkText.Of("D -> C; B -> A; E"))));
        Assert.Equal([0, 0, 1, 1, 2], LargestComponent.Components(NetworkText.Of("D -> C; B -> A; E")));
    }

    [Fact]
    public void Error_NoEdges_IsSaidInASentence()
    {
        var network = NetworkText.Of("A; B");

        foreach (var operation in new Action[] { () => Betweenness.Of(network), () => LargestComponent.Of(network), () => DegreePreservingRewiring.Rewire(network, 1) })
        {
            Assert.Contains("needs edges, and this network of 2 nodes has none", Assert.Throws<NoEdgesException>(operation).Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Error_NeighborhoodOfNothingOrOfAStranger_IsRefused()
    {
        var network = NetworkText.Of("A -> B");

        Assert.Throws<ArgumentException>(() => Neighborhood.Of(network, [], 1));
        Assert.Throws<UnknownGeneException>(() => Neighborhood.Of(network, [new GeneSymbol("C")], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Neighborhood.Of(network, [new GeneSymbol("A")], -1));
    }

    private static GeneNetwork Graph(string name)
    {
        var rows = Graphs.Text("case").Select((c, r) => (c, r)).Where(x => x.c == name).Select(x => x.r);
        var relation = name == "directed" ? "directed" : "pp";
        return NetworkText.Of(string.Join(';', rows.Select(r => $"{Graphs.Text("source")[r]} {relation} {Graphs.Text("target")[r]}")));
    }
}
