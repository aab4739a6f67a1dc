using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Results;

/// <summary>The records that compute something of their own.</summary>
public sealed class SummaryRecordTests
{
    /// <summary>quantile(c(1, 2, 4, 8), c(0, .25, .5, .9, 1)) of R 4.2.2, type 7.</summary>
    [Fact]
    public void Reference_Quantiles_MatchR422()
    {
        double[] probabilities = [0, 0.25, 0.5, 0.9, 1];
        double[] expected = [1, 1.75, 3, 6.8, 8];
        Assert.All(QuantileValue.Of([1, 2, 4, 8], probabilities).Zip(expected), p => Assert.Equal(p.Second, p.First.Value, 1e-12));
    }

    [Fact]
    public void ClosedForm_HistogramCountsEveryValueOnce()
    {
        var histogram = Histogram.Of([0, 0.1, 0.5, 0.99, 1, 7, -3], 0, 1, 2);

        Assert.Equal([0, 0.5, 1], histogram.Edges);
        Assert.Equal([3, 4], histogram.Counts);
    }

    [Fact]
    public void ClosedForm_WeightsLeaveOutZeros()
    {
        var summary = WeightSummary.Of(ArmRole.Control, [0, 1, 3, 0, 4]);

        Assert.Equal((3, 8.0, 1.0, 4.0, 0.5), (summary.Count, summary.Sum, summary.Minimum, summary.Maximum, summary.ShareOfTopOnePercent));
    }

    [Theory]
    [InlineData(0.01, 0.2, true, ResponseClass.LikelyBenefit)]
    [InlineData(0.01, 0.2, false, ResponseClass.LikelyHarm)]
    [InlineData(-0.2, -0.01, true, ResponseClass.LikelyHarm)]
    [InlineData(-0.2, -0.01, false, ResponseClass.LikelyBenefit)]
    [InlineData(-0.1, 0.2, true, ResponseClass.Unclear)]
    public void ClosedForm_OnlyAnIntervalOnOneSideIsCalledBenefitOrHarm(double lower, double upper, bool higherIsBetter, ResponseClass expected) =>
        Assert.Equal(expected, SubjectResponse.Classify(lower, upper, higherIsBetter));

    [Fact]
    public void ClosedForm_RevealSaysDifferenceAndCoverage()
    {
        var truth = new EffectEstimate("real", SummaryMeasure.HazardRatio, null, 0.7, 0.1, new EffectInterval(0.5, 0.9, 0.95, "wald"));
        var comparisons = RevealResult.Compare(SampleEstimates.Create(), [truth]);

        Assert.Equal(6, comparisons.Count);
        Assert.Equal(-0.01, comparisons[0].Difference, 1e-12);
        Assert.True(comparisons[0].IntervalCovers);
        Assert.False(RevealResult.Compare(SampleEstimates.Create(), [truth with { Value = 0.3 }])[0].IntervalCovers);
    }
}
