using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Regression.Penalized;

/// <summary>The simulated design of tests/Reference/penalized with its outcomes, and what R computed on it.</summary>
internal static class PenalizedDesign
{
    public const int SubjectCount = 50;
    public const int FeatureCount = 70;

    public static ReferenceTable Table { get; } = ReferenceData.Table("penalized/design.csv");

    public static ReferenceValues Values { get; } = ReferenceData.Values("penalized/penalized.csv");

    public static double[] Weights => Table.Numbers("w");

    public static int[] Codes(string column) => [.. Table.Numbers(column).Select(v => (int)v)];

    public static double[] Outcome => Table.Numbers("continuous");

    public static RowMajorMatrix Features(int first = 0, int count = FeatureCount)
    {
        var values = new double[SubjectCount * count];
        for (var j = 0; j < count; j++)
        {
            var column = Table.Numbers($"x{first + j + 1:00}");
            for (var i = 0; i < SubjectCount; i++)
            {
                values[(i * count) + j] = column[i];
            }
        }

        return new RowMajorMatrix(values, SubjectCount, count);
    }

    /// <summary>Ridge through the singular basis, back in the features; intercept or thresholds apart.</summary>
    public static (double[][] Coefficients, RidgeFit Fit) Ridge(
        PredictorLoss loss, double penalty, IReadOnlyList<RowMajorMatrix> blocks, double[] factors)
    {
        var basis = SingularBasis.Of(new BlockDesign(blocks), factors);
        var fit = new RidgeSolver(loss, basis.Coordinates, basis.Rank).Fit(penalty);
        Assert.True(fit.HasConverged);
        return ([.. Enumerable.Range(0, loss.PredictorCount).Select(k => basis.Back(fit.Coefficients.AsSpan(k * basis.Rank, basis.Rank)))], fit);
    }
}
