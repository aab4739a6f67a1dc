using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Vocabulary;

public sealed class DurationTests
{
    [Theory]
    [InlineData(84, TimeUnit.Month, 2556.75)]
    [InlineData(5, TimeUnit.Year, 1826.25)]
    [InlineData(2, TimeUnit.Week, 14)]
    public void ClosedForm_LengthsAreThoseOfUcum(double number, TimeUnit unit, double days) =>
        Assert.Equal(days, Duration.From(number, unit).Days);

    [Fact]
    public void Error_NotFinite() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Duration.FromDays(double.NaN));
}
