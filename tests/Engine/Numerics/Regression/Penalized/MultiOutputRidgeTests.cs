using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Regression.Penalized;

public sealed class MultiOutputRidgeTests
{
    private static readonly string[] Outputs = ["x01", "x02", "x03", "continuous"];

    [Theory]
    [InlineData(67, 0.5)]
    [InlineData(67, 20)]
    [InlineData(67, 1000)]
    [InlineData(12, 0.5)]
    [InlineData(12, 20)]
    [InlineData(12, 1000)]
    public void Reference_FittedValuesAreThoseOfTheNormalEquationsInR(int columnCount, double penalty)
    {
        var (features, outputs, rows) = Design(columnCount);
        var basis = SingularBasis.Of(new BlockDesign([new RowMajorMatrix(features, rows, columnCount)]), [1]);
        var ridge = new MultiOutputRidge(basis, outputs, Outputs.Length);
        var expected = ReferenceData.Values("translation/ridge.csv").Vector(string.Create(CultureInfo.InvariantCulture, $"{columnCount}-{penalty:R}"), "fitted");

        var coefficients = ridge.Coefficients(penalty);

        // By the coordinates of the basis, and from the features as a row that was not in training would come.
        Agreement.Close(expected, MultiOutputRidge.Outputs(basis.Coordinates, coefficients, Outputs.Length), 1e-9, 1e-10);
        var coordinates = MultiOutputRidge.Outputs(features, MultiOutputRidge.Directions(basis), basis.Rank);
        Agreement.Close(expected, MultiOutputRidge.Outputs(coordinates, coefficients, Outputs.Length), 1e-8, 1e-9);
    }

    [Fact]
    public void Error_OutputsOfOtherRows_AreRefused()
    {
        var (features, outputs, rows) = Design(12);
        var basis = SingularBasis.Of(new BlockDesign([new RowMajorMatrix(features, rows, 12)]), [1]);

        Assert.Throws<ArgumentException>(() => new MultiOutputRidge(basis, outputs, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => new MultiOutputRidge(basis, outputs, Outputs.Length).Coefficients(-1));
    }

    private static (double[] Features, double[] Outputs, int Rows) Design(int columnCount)
    {
        var table = ReferenceData.Table("penalized/design.csv");
        string[] names = [.. Enumerable.Range(4, columnCount).Select(k => string.Create(CultureInfo.InvariantCulture, $"x{k:00}"))];
        return (Centred(table, names), Centred(table, Outputs), table.RowCount);
    }

    private static double[] Centred(ReferenceTable table, string[] names)
    {
        var values = new double[table.RowCount * names.Length];
        for (var k = 0; k < names.Length; k++)
        {
            var column = table.Numbers(names[k]);
            var mean = column.Average();
            for (var i = 0; i < column.Length; i++)
            {
                values[(i * names.Length) + k] = column[i] - mean;
            }
        }

        return values;
    }
}
