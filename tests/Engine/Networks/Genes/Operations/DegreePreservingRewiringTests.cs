using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Operations;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Operations;

public sealed class DegreePreservingRewiringTests
{
    [Fact]
    public void Property_EveryNodeKeepsItsDegrees_ByRelationAndDirection()
    {
        Gen.Select(RandomNetworks.Networks, Gen.ULong).Sample((network, seed) =>
        {
            var rewired = DegreePreservingRewiring.Rewire(network, seed).Network;
            Assert.Equal(Degrees(network), Degrees(rewired));
            Assert.Equal(network.Nodes, rewired.Nodes);
        });
    }

    [Fact]
    public void Property_NoPairIsJoinedTwice_ThatWasNotBefore()
    {
        Gen.Select(RandomNetworks.Edges, Gen.ULong).Sample((edges, seed) =>
        {
            var network = RandomNetworks.Build(edges, ConflictRule.Drop);
            if (network.EdgeCount == 0)
            {
                return;
            }

            var rewired = DegreePreservingRewiring.Rewire(network, seed).Network;
            var pairs = rewired.Edges.Select(e => (e.Source, e.Target, e.IsDirected, IsExpression: e.Type == EdgeType.TranscriptionTarget, IsAssociation: e.Type == EdgeType.Association));
            Assert.Equal(rewired.EdgeCount, pairs.Distinct().Count());
        });
    }

    [Fact]
    public void Property_WeightsStayWithTheSource_OfDirectedEdges()
    {
        Gen.Select(RandomNetworks.Networks, Gen.ULong).Sample((network, seed) =>
            Assert.Equal(Weights(network), Weights(DegreePreservingRewiring.Rewire(network, seed).Network)));

        static IEnumerable<(int, double)> Weights(GeneNetwork network) => network.Edges.Where(e => e.IsDirected).Select(e => (e.Source, e.Weight)).Order();
    }

    [Fact]
    public void Property_SameSeedAndReplicate_SameNetwork_AndAnotherReplicateAnother()
    {
        var network = Ring(40);

        var first = NetworkText.Edges(DegreePreservingRewiring.Rewire(network, 7, 1).Network);

        Assert.Equal(first, NetworkText.Edges(DegreePreservingRewiring.Rewire(network, 7, 1).Network));
        Assert.NotEqual(first, NetworkText.Edges(DegreePreservingRewiring.Rewire(network, 7, 2).Network));
        Assert.NotEqual(first, NetworkText.Edges(DegreePreservingRewiring.Rewire(network, 8, 1).Network));
    }

    [Fact]
    public void ClosedForm_ALargeRing_LosesItsNeighbours_AndSaysHowManyStay()
    {
        var network = Ring(200);

        var rewired = DegreePreservingRewiring.Rewire(network, 11);

        var stayed = NetworkText.Edges(network).Intersect(NetworkText.Edges(rewired.Network)).Count();
        Assert.Equal(stayed, rewired.UnchangedEdgeCount);

        // A pair of nodes of degree 2 among 200 edges is joined with probability about 1/100: 2 edges are expected to stay, 10 would be more than 5 deviations.
        Assert.InRange(stayed, 0, 10);
        Assert.Equal(20 * 200, rewired.AttemptCount);
        Assert.InRange(rewired.SwapCount, 3000, 4000);
        Assert.Empty(rewired.FrozenRelations);
    }

    [Fact]
    public void ClosedForm_FourNodesOfDegreeOne_ReachEachOfTheirThreeArrangementsAlike()
    {
        // A-B C-D, A-C B-D and A-D B-C: 3000 draws, expected 1000 each, standard deviation 26.
        var network = NetworkText.Of("A pp B; C pp D");
        var counts = Enumerable.Range(0, 3000)
            .Select(i => string.Join(',', NetworkText.Edges(DegreePreservingRewiring.Rewire(network, 3, (uint)i).Network)))
            .GroupBy(t => t).Select(g => g.Count()).ToArray();

        Assert.Equal(3, counts.Length);
        Assert.All(counts, c => Assert.InRange(c, 1000 - 130, 1000 + 130));
    }

    [Fact]
    public void ClosedForm_AnEdgeOfAnotherFamily_ForbidsNothing()
    {
        // A to B and C to D, or A to D and C to B: 1000 draws, expected 500 each, standard deviation 16. What A does to the expression of B is another matter.
        var network = NetworkText.Of("A -> B; C -> D; A pd B");

        var count = Enumerable.Range(0, 1000).Count(i =>
            NetworkText.Edges(DegreePreservingRewiring.Rewire(network, 4, (uint)i).Network).Contains("A -> B Activation 1 1 network"));

        Assert.InRange(count, 500 - 80, 500 + 80);
    }

    [Fact]
    public void ClosedForm_RelationsWithOneEdge_AreSaidToBeFrozen()
    {
        var rewired = DegreePreservingRewiring.Rewire(NetworkText.Of("A -> B; C -> D; E -| F"), 5);

        Assert.Equal(new NetworkRelation(EdgeType.Inhibition, EdgeSign.Negative, true), Assert.Single(rewired.FrozenRelations));
    }

    private static GeneNetwork Ring(int count) =>
        NetworkText.Of(string.Join(';', Enumerable.Range(0, count).Select(i => $"N{i:D3} pp N{(i + 1) % count:D3}")));

    private static string[] Degrees(GeneNetwork network) =>
    [
        .. network.Edges.SelectMany(e => e.IsDirected
                ? new[] { $"{NetworkRelation.Of(e)} out {e.Source}", $"{NetworkRelation.Of(e)} in {e.Target}" }
                : [$"{NetworkRelation.Of(e)} at {e.Source}", $"{NetworkRelation.Of(e)} at {e.Target}"])
            .Order(StringComparer.Ordinal),
    ];
}
