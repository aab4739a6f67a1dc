using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Results;

public sealed class RiskTableTimesTests
{
    [Theory]
    [InlineData(84, TimeUnit.Month, new double[] { 0, 12, 24, 36, 48, 60, 72, 84 })]
    [InlineData(5, TimeUnit.Year, new double[] { 0, 1, 2, 3, 4, 5 })]
    [InlineData(12, TimeUnit.Month, new double[] { 0, 2, 4, 6, 8, 10, 12 })]
    [InlineData(20, TimeUnit.Month, new double[] { 0, 3, 6, 9, 12, 15, 18 })]
    public void ClosedForm_StepsAreThoseOfTheUnit(double horizon, TimeUnit unit, double[] expected) =>
        Assert.Equal(expected, RiskTableTimes.Of(Duration.From(horizon, unit), unit).Select(d => Math.Round(Duration.FromDays(d).In(unit), 9)));

    [Fact]
    public void Error_AHorizonIsPositive() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RiskTableTimes.Of(Duration.FromDays(0), TimeUnit.Day));
}
