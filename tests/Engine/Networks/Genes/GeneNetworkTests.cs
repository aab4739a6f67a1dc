using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Reading;

namespace DigitalTwin.Tests.Engine.Networks.Genes;

public sealed class GeneNetworkTests
{
    [Fact]
    public void Property_OrderOfEdges_DoesNotMatter()
    {
        Gen.Select(RandomNetworks.Edges, Gen.Enum<ConflictRule>()).SelectMany((edges, rule) => Gen.Shuffle(edges).Select(shuffled => (edges, shuffled, rule)))
            .Sample(x =>
            {
                var (one, other) = (RandomNetworks.Build(x.edges, x.rule), RandomNetworks.Build(x.shuffled, x.rule));
                Assert.Equal(NetworkText.Edges(one), NetworkText.Edges(other));
                Assert.Equal(NetworkText.Symbols(one), NetworkText.Symbols(other));
            });
    }

    [Fact]
    public void Property_FromItsOwnNodesAndEdges_ANetworkIsTheSame_AndOtherOrdersAreRefused()
    {
        var network = NetworkText.Of("b -> a; B -> a; a10 -> a2");
        var same = GeneNetwork.FromOrdered(network.Nodes, network.Edges);

        Assert.Equal(NetworkText.Edges(network), NetworkText.Edges(same));
        Assert.Equal(NetworkText.Symbols(network), NetworkText.Symbols(same));
        Assert.Throws<ArgumentException>(() => GeneNetwork.FromOrdered([.. network.Nodes.Reverse()], network.Edges));
        Assert.Throws<ArgumentException>(() => GeneNetwork.FromOrdered(network.Nodes, [.. network.Edges.Reverse()]));
        Assert.Throws<ArgumentException>(() => GeneNetwork.FromOrdered([.. network.Nodes.Take(2)], network.Edges));
    }

    [Fact]
    public void ClosedForm_NodesStandInOrdinalOrder_AndEdgesByTheirEnds()
    {
        var network = NetworkText.Of("b -> a; B -> a; a10 -> a2");

        Assert.Equal(["B", "a", "a10", "a2", "b"], NetworkText.Symbols(network));
        Assert.Equal([(0, 1), (2, 3), (4, 1)], network.Edges.Select(e => (e.Source, e.Target)));
        Assert.Equal(2, network.IndexOf(new GeneSymbol("a10")));
    }

    [Theory]
    [InlineData(ConflictRule.Unsigned, "A -> B Interaction 0 5 s;t")]
    [InlineData(ConflictRule.Drop, "")]
    [InlineData(ConflictRule.KeepBoth, "A -> B Activation 1 5 s|A -> B Inhibition -1 2 t")]
    public void ClosedForm_OppositeSigns_AreSettledByTheRule_AndCounted(ConflictRule rule, string expected)
    {
        var builder = new GeneNetworkBuilder(conflicts: rule)
            .AddEdge(new GeneSymbol("A"), new GeneSymbol("B"), EdgeType.Inhibition, EdgeSign.Negative, 2, "t")
            .AddEdge(new GeneSymbol("A"), new GeneSymbol("B"), EdgeType.Activation, EdgeSign.Positive, 5, "s");

        var (network, report) = builder.BuildReported("here");

        Assert.Equal(expected, string.Join('|', NetworkText.Edges(network)));
        Assert.Equal(1, report.CountOf(FindingKind.ConflictingEdge));
        Assert.Equal(0, report.CountOf(FindingKind.DuplicateEdge));
        Assert.Equal(2, report.RecordCount);
        Assert.Equal(["A", "B"], NetworkText.Symbols(network));
    }

    [Fact]
    public void ClosedForm_RepeatsBecomeOneEdge_WithTheLargestWeightAndAllSources()
    {
        var (a, b) = (new GeneSymbol("A"), new GeneSymbol("B"));
        var builder = new GeneNetworkBuilder()
            .AddEdge(a, b, EdgeType.Interaction, EdgeSign.Unknown, 0.5, "y", isDirected: false)
            .AddEdge(b, a, EdgeType.Interaction, EdgeSign.Unknown, 0.9, "x", isDirected: false)
            .AddEdge(a, b, EdgeType.Interaction, EdgeSign.Unknown, 0.1, "y", isDirected: false)
            .AddEdge(a, b, EdgeType.TranscriptionTarget, EdgeSign.Positive)
            .AddEdge(a, a, EdgeType.Activation, EdgeSign.Positive);

        var (network, report) = builder.BuildReported("here");

        Assert.Equal(["A -- B Interaction 0 0.9 x;y", "A -> B TranscriptionTarget 1 1 "], NetworkText.Edges(network));
        Assert.Equal(1, report.CountOf(FindingKind.ReciprocalEdge));
        Assert.Equal(1, report.CountOf(FindingKind.DuplicateEdge));
        Assert.Equal(1, report.CountOf(FindingKind.SelfLoop));
        Assert.Equal(5, report.RecordCount);
    }

    [Fact]
    public void ClosedForm_TheSignedOfTwoRepeats_Stands()
    {
        var network = NetworkText.Of("A directed B; A -| B");

        Assert.Equal("A -> B Inhibition -1 1 network", Assert.Single(NetworkText.Edges(network)));
    }

    [Fact]
    public void ClosedForm_QuikGraphHoldsTheSameNodesAndEdges()
    {
        var network = NetworkText.Of("A -> B; B -| C; D");

        Assert.Equal([0, 1, 2, 3], network.Graph.Vertices);
        Assert.Equal(network.Edges, network.Graph.Edges);
        Assert.Equal(1, network.Graph.InDegree(2));
    }

    [Fact]
    public void ClosedForm_InducedNetwork_KeepsEdgesAmongItsNodes()
    {
        var network = NetworkText.Of("A -> B; B -| C; C pp D; A -> D");

        var part = network.Induced([3, 1, 2, 2]);

        Assert.Equal(["B -> C Inhibition -1 1 network", "C -- D Interaction 0 1 network"], NetworkText.Edges(part));
        Assert.Throws<ArgumentOutOfRangeException>(() => network.Induced([4]));
    }

    [Fact]
    public void Error_UnknownGene_IsNamedWithTheNearest()
    {
        var error = Assert.Throws<UnknownGeneException>(() => NetworkText.Of("TP53 -> CDKN1A").IndexOf(new GeneSymbol("TP35")));

        Assert.Equal("TP35", error.Symbol);
        Assert.Contains("'TP35' is not among the 2 nodes", error.Message, StringComparison.Ordinal);
        Assert.Contains("'TP53'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(EdgeType.Activation, EdgeSign.Negative, 1.0)]
    [InlineData(EdgeType.Inhibition, EdgeSign.Unknown, 1.0)]
    [InlineData(EdgeType.Interaction, EdgeSign.Positive, 1.0)]
    [InlineData(EdgeType.Activation, EdgeSign.Positive, 0.0)]
    [InlineData(EdgeType.Activation, EdgeSign.Positive, double.NaN)]
    public void Error_EdgeThatContradictsItself_IsRefused(EdgeType type, EdgeSign sign, double weight) =>
        Assert.Throws<ArgumentException>(() => new GeneNetworkBuilder().AddEdge(new GeneSymbol("A"), new GeneSymbol("B"), type, sign, weight));

    [Theory]
    [InlineData("")]
    [InlineData("TP 53")]
    [InlineData("TP53\n")]
    public void Error_TextThatIsNoSymbol_IsRefused(string text) => Assert.Throws<ArgumentException>(() => new GeneSymbol(text));

    [Theory]
    [InlineData("P04637", NodeKind.Protein)]
    [InlineData("A0A087WT22", NodeKind.Protein)]
    [InlineData("CCNB1_CDK1", NodeKind.Complex)]
    [InlineData("COMPLEX:P06493_P14635", NodeKind.Complex)]
    [InlineData("TP53", NodeKind.Gene)]
    public void ClosedForm_KindOfANode_FollowsItsName(string name, NodeKind kind) => Assert.Equal(kind, GeneNode.Named(new GeneSymbol(name)).Kind);
}
