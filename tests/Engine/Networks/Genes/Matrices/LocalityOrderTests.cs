using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Matrices;

public sealed class LocalityOrderTests
{
    [Fact]
    public void ClosedForm_AShuffledPath_GetsBandwidthOne()
    {
        var network = Grid(1, 60);

        Assert.InRange(LocalityOrder.Bandwidth(network, NodeOrder.Identity(network.NodeCount)), 20, 59);
        Assert.Equal(1, LocalityOrder.Bandwidth(network, LocalityOrder.ReverseCuthillMcKee(network)));
        Assert.Equal(1, LocalityOrder.MeanSpan(network, LocalityOrder.ReverseCuthillMcKee(network)));
    }

    [Theory]
    [InlineData(4, 40)]
    [InlineData(6, 30)]
    public void ClosedForm_AShuffledGrid_GetsTheBandwidthOfItsNarrowSide(int height, int width)
    {
        var network = Grid(height, width);

        // No order of a grid has less than its narrow side; levels from a corner are no wider than that and one more.
        Assert.InRange(LocalityOrder.Bandwidth(network, LocalityOrder.ReverseCuthillMcKee(network)), height, height + 1);
    }

    [Fact]
    public void Property_ReadBackwards_EachNodeBringsInItsNeighboursByRisingDegree()
    {
        // This is what Cuthill and McKee define: nodes in the order of those that brought them in, and of one of those by degree.
        RandomNetworks.Networks.Sample(network =>
        {
            var place = LocalityOrder.ReverseCuthillMcKee(network).PlaceOf.ToArray().Select(p => network.NodeCount - 1 - p).ToArray();
            var neighbors = Enumerable.Range(0, network.NodeCount)
                .Select(i => network.Edges.Where(e => e.Source == i || e.Target == i).Select(e => e.Source == i ? e.Target : e.Source).Distinct().ToArray()).ToArray();
            var order = Enumerable.Range(0, network.NodeCount).OrderBy(i => place[i]).Where(i => neighbors[i].Any(n => place[n] < place[i])).ToArray();
            var keys = order.Select(i => (Parent: neighbors[i].Min(n => place[n]), Degree: neighbors[i].Length)).ToArray();
            Assert.Equal(keys.Order(), keys);
        });
    }

    [Fact]
    public void ClosedForm_ComponentsAndLoneNodes_AreAllPlaced()
    {
        var network = NetworkText.Of("A pp F; B pp E; C; D pp A");

        Assert.Equal(1, LocalityOrder.Bandwidth(network, LocalityOrder.ReverseCuthillMcKee(network)));
    }

    [Fact]
    public void ClosedForm_HubsComeFirst_AndTiesInOrderOfTheNetwork() =>
        Assert.Equal([2, 1, 3, 0, 4], LocalityOrder.ByDegree(NetworkText.Of("A pp C; B pp C; C pp D; B pp D; E")).NodeAt.ToArray()[..3].Concat([0, 4]));

    // A grid whose nodes have random names, so that the order of the network says nothing.
    private static GeneNetwork Grid(int height, int width)
    {
        var names = Enumerable.Range(0, height * width).ToArray();
        new RandomStream(new StreamKey(1, 2, 3, 4, RandomPurpose.Permutation)).Shuffle<int>(names);
        var lines = new List<string>();
        for (var i = 0; i < height; i++)
        {
            for (var j = 0; j < width; j++)
            {
                lines.Add($"N{names[i * width + j]:D4}");
                if (i + 1 < height)
                {
                    lines.Add($"N{names[i * width + j]:D4} pp N{names[(i + 1) * width + j]:D4}");
                }

                if (j + 1 < width)
                {
                    lines.Add($"N{names[i * width + j]:D4} pp N{names[i * width + j + 1]:D4}");
                }
            }
        }

        return NetworkText.Of(string.Join(';', lines));
    }
}
