using DigitalTwin.Estimation;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Estimation;

public sealed class EValueTests
{
    [Theory]
    [InlineData(3.9, 7.26303)]
    [InlineData(1.8, 3.0)]
    [InlineData(1.0, 1.0)]
    public void Reference_VanderWeele2017_RiskRatios(double riskRatio, double expected) =>
        Assert.Equal(expected, EValue.OfRiskRatio(riskRatio), 1e-5);

    [Theory]
    [InlineData(true, 1.8936, 1.3914)]
    [InlineData(false, 2.2340, 1.5034)]
    public void Reference_BarB82_HazardRatio(bool outcomeIsCommon, double expected, double expectedLimit)
    {
        var result = EValue.Of(HazardRatio(0.694884, 0.543844, 0.887873), outcomeIsCommon);

        Assert.Equal(expected, result.Estimate, 1e-4);
        Assert.Equal(expectedLimit, result.IntervalLimit, 1e-4);
    }

    [Fact]
    public void ClosedForm_IntervalThatHoldsOne_NeedsNoConfounder() =>
        Assert.Equal(1, EValue.Of(HazardRatio(0.9, 0.7, 1.1), outcomeIsCommon: true).IntervalLimit);

    [Fact]
    public void Error_DifferencesHaveNoEValue() =>
        Assert.Throws<ArgumentException>(() => EValue.Of(HazardRatio(1, 1, 1) with { Measure = SummaryMeasure.RiskDifference }, true));

    private static EffectEstimate HazardRatio(double value, double lower, double upper) =>
        new("m", SummaryMeasure.HazardRatio, null, value, 0.1, new EffectInterval(lower, upper, 0.95, "robust"));
}
