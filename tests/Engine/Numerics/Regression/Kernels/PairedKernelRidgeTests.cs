using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;
using DigitalTwin.Numerics.Regression.Kernels;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Regression.Kernels;

public sealed class PairedKernelRidgeTests
{
    private const int Rows = 13;
    private const int Columns = 6;

    private static readonly ReferenceValues s_reference = ReferenceData.Values("pairs/pairs.csv");

    [Theory]
    [InlineData("complete")]
    [InlineData("missing")]
    [InlineData("weighted")]
    public void Reference_DualValuesAndPredictions_MatchTheDenseSolveOfScikitLearn(string name)
    {
        var (dual, hasConverged) = Of(name).Solve(s_reference.Vector(name, "values"), 1e-12);

        Assert.True(hasConverged);
        AssertClose(s_reference.Vector(name, "dual"), dual, 1e-9);
        var (effects, predicted) = (new double[Rows * Columns], new double[3 * Columns]);
        RowProducts.Multiply(dual, s_reference.Vector(name, "columns"), Columns, effects);
        RowProducts.Multiply(s_reference.Vector(name, "new"), Transposed(effects), Rows, predicted);
        AssertClose(s_reference.Vector(name, "predicted"), predicted, 1e-9);
    }

    [Fact]
    public void ClosedForm_WithNothingMissing_OneStepIsAll() =>
        Assert.True(Of("complete").Solve(s_reference.Vector("complete", "values"), 1e-10, mostSteps: 1).HasConverged);

    [Fact]
    public void Property_WhatStandsWhereNothingWasObserved_IsNotRead()
    {
        var (values, weights) = (s_reference.Vector("missing", "values"), s_reference.Vector("missing", "weights"));
        double[] spoilt = [.. values.Select((v, k) => weights[k] > 0 ? v : double.NaN)];

        Assert.Equal(Of("missing").Solve(values).Dual, Of("missing").Solve(spoilt).Dual);
    }

    [Fact]
    public void Error_StepsThatRunOut_AreSaid() =>
        Assert.False(Of("weighted").Solve(s_reference.Vector("weighted", "values"), 1e-12, mostSteps: 1).HasConverged);

    [Fact]
    public void Error_NoiseOfAnotherShape_NotPositive_OrNowhereFinite()
    {
        var (rows, columns) = (new SymmetricFactor([2, 0, 0, 1], 2), new SymmetricFactor([1], 1));
        Assert.Contains("[2, 1]", Assert.Throws<ArgumentException>(() => new PairedKernelRidge(rows, columns, 0, [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new PairedKernelRidge(rows, columns, 0, [1, 0]));
        Assert.Contains(
            "No pair", Assert.Throws<ArgumentException>(() => new PairedKernelRidge(rows, columns, 0, [double.PositiveInfinity, double.PositiveInfinity])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PairedKernelRidge(rows, columns, -1, [1, 1]));
    }

    [Theory]
    [InlineData(4, 4, 4)]
    [InlineData(9, 6, 13)]
    [InlineData(1, 3, 2)]
    [InlineData(8, 12, 30)]
    public void ClosedForm_RowProducts_AreSumsOfProducts(int left, int right, int length)
    {
        var stream = new RandomStream(new StreamKey(1, 2, 0, 0, RandomPurpose.Outcome));
        double[] a = [.. Enumerable.Range(0, left * length).Select(_ => stream.NextGaussian())], b = [.. Enumerable.Range(0, right * length).Select(_ => stream.NextGaussian())];
        var product = new double[left * right];
        RowProducts.Multiply(a, b, length, product);
        for (var k = 0; k < product.Length; k++)
        {
            Assert.Equal(Enumerable.Range(0, length).Sum(t => a[(k / right * length) + t] * b[(k % right * length) + t]), product[k], 1e-12);
        }

        Assert.Throws<ArgumentException>(() => RowProducts.Multiply(a, b, length, new double[product.Length + 1]));
    }

    private static PairedKernelRidge Of(string name) => new(
        new SymmetricFactor([.. s_reference.Vector(name, "rows")], Rows),
        new SymmetricFactor([.. s_reference.Vector(name, "columns")], Columns),
        s_reference.Scalar(name, "own"),
        [.. s_reference.Vector(name, "weights").Select(w => w > 0 ? s_reference.Scalar(name, "noise") / w : double.PositiveInfinity)]);

    private static double[] Transposed(double[] values) =>
        [.. Enumerable.Range(0, values.Length).Select(k => values[(k % Rows * Columns) + (k / Rows)])];

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var k = 0; k < expected.Length; k++)
        {
            Assert.Equal(expected[k], actual[k], tolerance);
        }
    }
}
