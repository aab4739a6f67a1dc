using DigitalTwin.Models.Evaluation;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Models.Evaluation;

public sealed class MetricSummaryTests
{
    [Fact]
    public void Reference_CorrectedResampledT_MatchesItsFormulaInR()
    {
        var differences = ReferenceData.Table("evaluation/cases.csv").Numbers("x")[..15];
        var summary = MetricSummary.OverSplits(differences, 20.0 / 80, 0.95);
        Agreement.Close(
            ReferenceData.Values("evaluation/calibration.csv").Vector("calibration", "corrected.t"),
            [summary.Mean, summary.Lower, summary.Upper, summary.PValue(20.0 / 80)]);
        Assert.False(summary.ExcludesZero);
    }

    [Fact]
    public void ClosedForm_SplitsThatCouldNotBeToldAreLeftOut()
    {
        var summary = MetricSummary.OverSplits([1, double.NaN, 3], 0.25, 0.95);
        Assert.Equal((2, 2, Math.Sqrt(2)), (summary.Mean, summary.Count, summary.StandardDeviation));
        Assert.True(double.IsNaN(MetricSummary.OverSplits([double.NaN], 0.25, 0.95).Mean));
        Assert.True(double.IsNaN(MetricSummary.OverSplits([0.7], 0.25, 0.95).Lower));
        Assert.Equal(1, MetricSummary.OverSplits([0, 0, 0], 0.25, 0.95).PValue(0.25));
    }

    [Fact]
    public void ClosedForm_PercentilesOfResamples()
    {
        var summary = MetricSummary.OverResamples(50, [.. Enumerable.Range(0, 101).Select(i => (double)i)], 0.9);
        Agreement.Close([50, 5, 95], [summary.Mean, summary.Lower, summary.Upper]);
        Assert.True(summary.ExcludesZero);
        Assert.True(double.IsNaN(MetricSummary.OverResamples(1, [1, double.NaN, double.NaN], 0.9).Lower));
    }

    [Fact]
    public void Property_ResamplesAreTheSameForEveryModelAndStayInside()
    {
        var resamples = TestResamples.Draw(7, 20, 1);
        Assert.Equal(resamples, TestResamples.Draw(7, 20, 1));
        Assert.All(resamples, r => Assert.All(r, i => Assert.InRange(i, 0, 6)));
        Assert.True(resamples.Select(r => string.Join(',', r)).Distinct().Count() > 15);
    }
}
