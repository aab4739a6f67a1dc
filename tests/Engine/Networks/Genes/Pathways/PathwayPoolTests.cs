using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Networks.Genes.Pathways;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Pathways;

public sealed class PathwayPoolTests
{
    private static readonly PathwaySets Sets = new([Set("Q", "C", "A", "C", "X"), Set("P", "B"), Set("R", "X", "Y")]);

    [Theory]
    [InlineData(PoolingWeight.Sum, 1f, 1f)]
    [InlineData(PoolingWeight.Mean, 1f, 0.5f)]
    [InlineData(PoolingWeight.SquareRoot, 1f, 0.70710677f)]
    public void ClosedForm_GenesArePooled_AndWhatIsMissingIsCounted(PoolingWeight weight, float ofOne, float ofTwo)
    {
        var network = NetworkText.Of("A -> B; C; D");

        var pool = PathwayPool.Of(Sets, network, new NodeOrder([3, 2, 1, 0]), weight);

        Assert.Equal(["P", "Q"], pool.Pathways.Select(p => p.Id));
        Assert.Equal((2, 4), (pool.Matrix.RowCount, pool.Matrix.ColumnCount));
        Assert.Equal([0, 1, 3], pool.Matrix.RowOffsets);
        Assert.Equal([2, 1, 3], pool.Matrix.ColumnIndices);
        Assert.Equal([ofOne, ofTwo, ofTwo], pool.Matrix.Values!);
        Assert.Equal("R", Assert.Single(pool.Dropped).Id);
        Assert.Equal((3, 1), (pool.MissingMembershipCount, pool.UncoveredGeneCount));
    }

    [Fact]
    public void Error_NoSetWithEnoughGenes_IsSaid() =>
        Assert.Contains(
            "None of the 3 sets has 3 genes",
            Assert.Throws<ArgumentException>(() => PathwayPool.Of(Sets, NetworkText.Of("A -> B; C"), leastGenes: 3)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void ClosedForm_TheBipartiteGraph_HasAnEdgeForEachMembership()
    {
        var graph = Sets.ToBipartiteGraph();

        Assert.Equal((3 + 5, Sets.MembershipCount), (graph.VertexCount, graph.EdgeCount));

        // Q is set 1; its genes A, C and X are genes 0, 2 and 3 of A, B, C, X, Y.
        Assert.Equal([3, 5, 6], graph.OutEdges(1).Select(e => e.Target).Order());
    }

    [Fact]
    public void Property_OrderOfSetsAndGenes_DoesNotMatter()
    {
        Gen.Shuffle(Sets.Sets.ToArray()).Sample(sets =>
            Assert.Equal(
                Sets.Sets.Select(s => $"{s.Id} {string.Join(',', s.Genes)}"),
                new PathwaySets(sets.Select(s => s with { Genes = [.. s.Genes.Reverse()] })).Sets.Select(s => $"{s.Id} {string.Join(',', s.Genes)}")));
    }

    [Fact]
    public void Error_EmptyOrRepeatedSets_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => new PathwaySets([Set("A")]));
        Assert.Throws<ArgumentException>(() => new PathwaySets([Set("A", "X"), Set("A", "Y")]));
    }

    [Fact]
    public void ClosedForm_Footprints_KeepSignsAndCountWhatIsMissing()
    {
        var footprints = new PathwayFootprints([new("P", new("C"), 2), new("P", new("A"), -1), new("O", new("X"), 3)]);

        var (matrix, missing) = footprints.ToMatrix(NetworkText.Of("A -> B; C"));

        Assert.Equal(["O", "P"], footprints.Pathways);
        Assert.Equal([0, 0, 2], matrix.RowOffsets);
        Assert.Equal([0, 2], matrix.ColumnIndices);
        Assert.Equal([-1f, 2f], matrix.Values!);
        Assert.Equal(1, missing);
        Assert.Throws<ArgumentException>(() => new PathwayFootprints([new("P", new("C"), 2), new("P", new("C"), 3)]));
    }

    private static GeneSet Set(string id, params string[] genes) => new(id, string.Empty, Array.ConvertAll(genes, g => new GeneSymbol(g)));
}
