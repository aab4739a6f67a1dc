using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Regression.Penalized;

public sealed class SymmetricEigenTests
{
    [Theory]
    [InlineData(1, 3)]
    [InlineData(2, 5)]
    [InlineData(7, 3)]
    [InlineData(40, 90)]
    [InlineData(61, 20)]
    public void Property_ValuesAndVectors_RebuildTheMatrix(int size, int width)
    {
        var stream = new RandomStream(new StreamKey(7, 1, (uint)size, 0, RandomPurpose.Permutation));
        double[] values = [.. Enumerable.Range(0, size * width).Select(_ => stream.NextDouble() - 0.5)];
        var gram = GramMatrix.OfRows(new RowMajorMatrix(values, size, width), 3);
        var eigen = SymmetricEigen.Of([.. gram], size);

        var largest = eigen.Values[0];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                double rebuilt = 0, inner = 0;
                for (var k = 0; k < size; k++)
                {
                    rebuilt += eigen.Values[k] * eigen.Vectors[(k * size) + i] * eigen.Vectors[(k * size) + j];
                    inner += eigen.Vectors[(i * size) + k] * eigen.Vectors[(j * size) + k];
                }

                Agreement.Close(gram[(i * size) + j], rebuilt, 0, 1e-13 * largest * size);
                Agreement.Close(i == j ? 1 : 0, inner, 0, 1e-13 * size);
            }
        }

        Assert.Equal(eigen.Values.OrderDescending(), eigen.Values);
    }

    /// <summary>Subjects of equal rows leave many eigenvalues at 0, where only rounding is left to compare with: the steps must still come to an end.</summary>
    [Theory]
    [InlineData(60, 3)]
    [InlineData(150, 10)]
    public void ClosedForm_RepeatedRows_HaveAsManyEigenvaluesAsDistinctRows(int size, int distinct)
    {
        var values = new double[size * distinct];
        for (var i = 0; i < size; i++)
        {
            values[(i * distinct) + (i % distinct)] = 1e3;
        }

        var eigen = SymmetricEigen.Of(GramMatrix.OfRows(new RowMajorMatrix(values, size, distinct)), size);
        Agreement.Close([.. Enumerable.Repeat(1e6 * size / distinct, distinct)], eigen.Values.AsSpan(0, distinct), 1e-12);
        Assert.All(eigen.Values[distinct..], v => Assert.InRange(v, -1e-4, 1e-4));
    }

    [Fact]
    public void ClosedForm_SecondDifferences_HaveCosineEigenvalues()
    {
        const int size = 12;
        var matrix = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            matrix[(i * size) + i] = 2;
            if (i > 0)
            {
                matrix[(i * size) + i - 1] = matrix[((i - 1) * size) + i] = -1;
            }
        }

        double[] expected = [.. Enumerable.Range(1, size).Select(k => 2 - (2 * Math.Cos(k * Math.PI / (size + 1)))).OrderDescending()];
        Agreement.Close(expected, SymmetricEigen.Of(matrix, size).Values, 1e-13);
    }

    [Theory]
    [InlineData(3, 4)]
    [InlineData(9, 1030)]
    public void ClosedForm_GramMatrix_IsEveryDotProductOnAnyThreads(int rows, int columns)
    {
        double[] values = [.. Enumerable.Range(0, rows * columns).Select(k => Math.Sin(k + 1))];
        var matrix = new RowMajorMatrix(values, rows, columns);
        var gram = GramMatrix.OfRows(matrix);
        var columnGram = GramMatrix.OfColumns(matrix);
        for (var i = 0; i < rows; i++)
        {
            for (var j = 0; j < rows; j++)
            {
                Agreement.Close(Enumerable.Range(0, columns).Sum(k => matrix[i, k] * matrix[j, k]), gram[(i * rows) + j], 1e-12, 1e-12);
            }
        }

        Agreement.Close(Enumerable.Range(0, rows).Sum(i => matrix[i, 1] * matrix[i, 2]), columnGram[columns + 2], 1e-12, 1e-12);
        Assert.Equal(gram, GramMatrix.OfRows(matrix, 4));
    }
}
