using CsCheck;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Matrices;
using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Tests.Engine.Networks.Genes.Matrices;

public sealed class AdjacencyNormalizationTests
{
    [Fact]
    public void ClosedForm_SymmetricWithSelfLoops_OfAPathOfThree()
    {
        var matrix = AdjacencyNormalization.Symmetric(NetworkMatrix.Whole(NetworkText.Path(3)).Matrix);

        // Degrees with self loops are 2, 3, 2.
        var (half, third, between) = (0.5f, 1 / 3f, (float)(1 / Math.Sqrt(6)));
        Assert.Equal([0, 1, 0, 1, 2, 1, 2], matrix.ColumnIndices);
        Assert.Equal([half, between, between, third, between, between, half], matrix.Values!);
    }

    [Fact]
    public void ClosedForm_SymmetricWithoutSelfLoops_OfAStar()
    {
        var matrix = AdjacencyNormalization.Symmetric(NetworkMatrix.Whole(NetworkText.Star(5)).Matrix, addSelfLoops: false);

        Assert.All(matrix.Values!, v => Assert.Equal(0.5f, v));
    }

    [Fact]
    public void Property_SymmetricWithSelfLoops_HasTheLargestEigenvalueOne()
    {
        // The square roots of the degrees are an eigenvector to the value 1, whatever the graph.
        RandomNetworks.Networks.Sample(network =>
        {
            var adjacency = AdjacencyNormalization.WithSelfLoops(NetworkMatrix.Whole(network).Matrix);
            var roots = Enumerable.Range(0, adjacency.RowCount).Select(i => Math.Sqrt(adjacency.RowOffsets[i + 1] - adjacency.RowOffsets[i])).ToArray();
            var product = Multiply(AdjacencyNormalization.Symmetric(NetworkMatrix.Whole(network).Matrix), roots);
            Assert.All(Enumerable.Range(0, roots.Length), i => Assert.Equal(roots[i], product[i], 1e-5));
        });
    }

    [Fact]
    public void Property_RowsOfARandomWalk_SumToOneInSize()
    {
        Gen.Select(RandomNetworks.Networks, Gen.Bool, Gen.Enum<CellValue>()).Sample((network, addSelfLoops, value) =>
        {
            var matrix = AdjacencyNormalization.RandomWalk(NetworkMatrix.Whole(network, null, value).Matrix, addSelfLoops);
            for (var i = 0; i < matrix.RowCount; i++)
            {
                var row = matrix.Values!.AsSpan(matrix.RowOffsets[i], matrix.RowOffsets[i + 1] - matrix.RowOffsets[i]).ToArray();
                var sum = row.Sum(v => Math.Abs((double)v));

                // Signs that are not known and opposite signs leave zeros; a self loop never does where cells are positive.
                var mayBeZero = !addSelfLoops || value is CellValue.Sign or CellValue.SignedWeight;
                Assert.True(Math.Abs(sum - 1) < 1e-5 || (sum == 0 && mayBeZero), $"row {i} sums to {sum}");
            }
        });
    }

    [Fact]
    public void ClosedForm_SignsStay_AndDoNotLowerTheDegree()
    {
        var matrix = AdjacencyNormalization.RandomWalk(NetworkMatrix.Whole(NetworkText.Of("A -> C; B -| C"), null, CellValue.Sign, EdgeFlow.AsStated).Matrix);

        Assert.Equal([0.5f, -0.5f], matrix.Values!);
    }

    [Fact]
    public void ClosedForm_SelfLoops_AreAddedToADiagonalThatIsThere()
    {
        var matrix = AdjacencyNormalization.WithSelfLoops(new CsrMatrix(3, 3, [0, 1, 3, 3], [2, 0, 1], [4, 5, 6]));

        Assert.Equal([0, 2, 4, 5], matrix.RowOffsets);
        Assert.Equal([0, 2, 0, 1, 2], matrix.ColumnIndices);
        Assert.Equal([1, 4, 5, 7, 1], matrix.Values!);
    }

    [Fact]
    public void Error_NotSquareOrWithoutEdges_IsRefused()
    {
        Assert.Contains(
            "[1, 2]", Assert.Throws<ArgumentException>(() => AdjacencyNormalization.Symmetric(new CsrMatrix(1, 2, [0, 1], [1]))).Message, StringComparison.Ordinal);
        Assert.Throws<NoEdgesException>(() => AdjacencyNormalization.RandomWalk(new CsrMatrix(2, 2, [0, 0, 0], [])));
        Assert.Equal([1f, 1f], AdjacencyNormalization.RandomWalk(new CsrMatrix(2, 2, [0, 0, 0], []), addSelfLoops: true).Values!);
    }

    private static double[] Multiply(CsrMatrix matrix, double[] vector)
    {
        var product = new double[matrix.RowCount];
        for (var i = 0; i < matrix.RowCount; i++)
        {
            for (var e = matrix.RowOffsets[i]; e < matrix.RowOffsets[i + 1]; e++)
            {
                product[i] += matrix.Values![e] * vector[matrix.ColumnIndices[e]];
            }
        }

        return product;
    }
}
