using DigitalTwin.Models.KnownTruth;
using DigitalTwin.Networks.Genes;

namespace DigitalTwin.Tests.Engine.Models.KnownTruth;

public sealed class TargetNeighborhoodTests
{
    // T -> B -> C -> D, A -> T; E - T without direction and sign, T -> F without sign.
    [Theory]
    [InlineData(2, "A T")]
    [InlineData(3, "A B T")]
    [InlineData(4, "A B C T")]
    [InlineData(50, "A B C D T")]
    public void ClosedForm_TheNearestBySignedDirectedEdgesComeFirst(int count, string expected)
    {
        var builder = new GeneNetworkBuilder();
        Add("T", "B", EdgeSign.Positive, isDirected: true);
        Add("B", "C", EdgeSign.Negative, isDirected: true);
        Add("C", "D", EdgeSign.Positive, isDirected: true);
        Add("A", "T", EdgeSign.Positive, isDirected: true);
        Add("E", "T", EdgeSign.Unknown, isDirected: false);
        Add("T", "F", EdgeSign.Unknown, isDirected: true);

        var around = TargetNeighborhood.Of(builder.Build(), new GeneSymbol("T"), count);

        Assert.Equal(expected, string.Join(' ', around.Nodes.Select(n => n.Symbol.Value)));

        void Add(string source, string target, EdgeSign sign, bool isDirected) =>
            builder.AddEdge(new GeneSymbol(source), new GeneSymbol(target), TypeOf(sign), sign, 1, "test", isDirected);

        static EdgeType TypeOf(EdgeSign sign) => sign switch
        {
            EdgeSign.Positive => EdgeType.Activation,
            EdgeSign.Negative => EdgeType.Inhibition,
            _ => EdgeType.Interaction,
        };
    }

    [Fact]
    public void Error_AnUnknownTargetIsNamed()
    {
        var network = new GeneNetworkBuilder().AddEdge(new GeneSymbol("A"), new GeneSymbol("B"), EdgeType.Activation, EdgeSign.Positive, 1, "test", isDirected: true).Build();

        Assert.Contains("'C'", Assert.Throws<UnknownGeneException>(() => TargetNeighborhood.Of(network, new GeneSymbol("C"), 5)).Message, StringComparison.Ordinal);
    }
}
