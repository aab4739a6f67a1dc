using DigitalTwin.Omics.Missing;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Omics.Missing;

public sealed class RubinPoolTests
{
    private static readonly ReferenceValues s_reference = ReferenceData.Values("omics/missing.csv");

    [Theory]
    [InlineData("five")]
    [InlineData("small")]
    [InlineData("infinite")]
    [InlineData("little")]
    public void Reference_Pooled_MatchesMice315(string @case)
    {
        var degrees = s_reference.Scalar(@case, "complete-df");

        var pooled = RubinPool.Pool(s_reference.Vector(@case, "estimates"), s_reference.Vector(@case, "variances"), degrees);

        Agreement.Close(
            s_reference.Vector(@case, "pooled"),
            [
                pooled.Estimate, pooled.WithinVariance, pooled.BetweenVariance, pooled.TotalVariance, pooled.DegreesOfFreedom, pooled.RelativeIncrease,
                pooled.MissingInformation,
            ],
            1e-10);
    }

    [Fact]
    public void ClosedForm_Interval_IsSymmetricAboutTheEstimate()
    {
        // Two degrees of freedom: the 97.5 % quantile of t is sqrt(2 * 0.95^2 / (1 - 0.95^2)) = 4.302653.
        var pooled = new PooledEstimate(3, 1, 1, 4, 2, 1, 0.5);

        var (lower, upper) = pooled.Interval();

        Assert.Equal(2 * 4.302652729749464, upper - 3, 9);
        Assert.Equal(3 - lower, upper - 3, 9);
    }

    [Fact]
    public void Error_WhatCannotBePooled_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => RubinPool.Pool([1], [1]));
        Assert.Throws<ArgumentException>(() => RubinPool.Pool([1, 2], [1]));
        Assert.Throws<ArgumentException>(() => RubinPool.Pool([1, 2], [1, 1], 0));
        Assert.Contains("Imputation 2", Assert.Throws<ArgumentException>(() => RubinPool.Pool([1, 2], [1, 0])).Message, StringComparison.Ordinal);
    }
}
