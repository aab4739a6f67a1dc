using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Operations;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Operations;

public sealed class RepairedSubgraphTests
{
    [Fact]
    public void ClosedForm_GenesOfAPath_AreJoinedThroughWhatLiesBetween()
    {
        var repaired = RepairedSubgraph.Of(NetworkText.Path(7), Genes("N000", "N003", "N004", "MISSING"));

        Assert.Equal(["N000", "N001", "N002", "N003", "N004"], NetworkText.Symbols(repaired.Network));
        Assert.Equal(
            [new AddedGene(new("N002"), new("N003"), new("N000"), 3), new AddedGene(new("N001"), new("N003"), new("N000"), 3)], repaired.Added);
        Assert.Equal(Genes("MISSING"), repaired.Missing);
        Assert.Empty(repaired.Unconnected);
    }

    [Fact]
    public void ClosedForm_OfTwoPathsAsShort_TheFirstInOrderIsTaken()
    {
        var repaired = RepairedSubgraph.Of(NetworkText.Of("A pp Y; Y pp B; A pp X; X pp B; A pp P; P pp Q; Q pp B"), Genes("B", "A"));

        Assert.Equal("X", Assert.Single(repaired.Added).Symbol.Value);
    }

    [Fact]
    public void ClosedForm_PathsTooLong_LeaveGenesUnconnected()
    {
        var network = NetworkText.Of("A pp B; B pp C; C pp D; D pp E; Z");

        Assert.Equal(Genes("E", "Z"), RepairedSubgraph.Of(network, Genes("A", "B", "E", "Z"), longestPath: 2).Unconnected);
        Assert.Equal(Genes("Z"), RepairedSubgraph.Of(network, Genes("A", "B", "E", "Z"), longestPath: 3).Unconnected);
        Assert.Empty(RepairedSubgraph.Induced(network, Genes("A", "B", "E", "Z")).Added);
    }

    [Fact]
    public void ClosedForm_ANodeThatTouchesSeveralParts_JoinsThemAll()
    {
        var repaired = RepairedSubgraph.Of(NetworkText.Star(6), Genes("N001", "N002", "N003"));

        Assert.Equal("N000", Assert.Single(repaired.Added).Symbol.Value);
        Assert.Equal(4, repaired.Network.NodeCount);
    }

    [Fact]
    public void Property_WantedGenesOfOneComponent_EndInOneComponent()
    {
        Gen.Select(RandomNetworks.Networks, Gen.Int[0, 11].Array[1, 6]).Sample((network, picks) =>
        {
            var wanted = picks.Where(p => p < network.NodeCount).Select(p => network.Nodes[p].Symbol).Distinct().ToArray();
            if (wanted.Length == 0)
            {
                return;
            }

            var repaired = RepairedSubgraph.Of(network, wanted);
            var (whole, part) = (LargestComponent.Components(network), LargestComponent.Components(repaired.Network));
            var main = wanted.Except(repaired.Unconnected).ToArray();
            Assert.Single(main.Select(g => part[repaired.Network.IndexOf(g)]).Distinct());
            Assert.DoesNotContain(repaired.Unconnected, g => whole[network.IndexOf(g)] == whole[network.IndexOf(main[0])]);
            Assert.Equal(wanted.Length + repaired.Added.Count, repaired.Network.NodeCount);
        });
    }

    [Fact]
    public void Error_NoneOfTheGenesIsThere_IsSaid() =>
        Assert.Contains(
            "None of the 2 genes", Assert.Throws<ArgumentException>(() => RepairedSubgraph.Of(NetworkText.Path(3), Genes("A", "B"))).Message, StringComparison.Ordinal);

    private static GeneSymbol[] Genes(params string[] names) => Array.ConvertAll(names, n => new GeneSymbol(n));
}
