using DigitalTwin.Contracts;
using DigitalTwin.Grains;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

public sealed class ForecastSummaryTests
{
    [Fact]
    public void ClosedForm_QuantilesOfOneToTen()
    {
        // Type 7: 1 + 9 * 0.025 and 1 + 9 * 0.975; R's quantile(1:10, c(0.025, 0.975)) prints 1.225 9.775.
        double[] members = [10, 3, 1, 2, 9, 8, 7, 4, 5, 6];
        var band = EnsembleQuantiles.SortAndBand(members);
        Assert.Equal(1.225, band.Lower, 12);
        Assert.Equal(9.775, band.Upper, 12);
    }

    [Fact]
    public void ClosedForm_ABandOfOneMemberIsThatMember()
    {
        double[] member = [0.4];
        Assert.Equal(new EnsembleBand(0.4, 0.4), EnsembleQuantiles.SortAndBand(member));
    }

    [Fact]
    public void ClosedForm_SurvivalContrasts()
    {
        // Straight lines from 1: areas over 0 to 10 days are 9 and 7.
        var contrasts = ArmContrasts.Between(
            Forecast("treated", new SurvivalForecastOutcome([0, 5, 10], [1, 0.9, 0.8], [], [], [[1, 0.9, 0.8], [1, 0.95, 0.9]])),
            Forecast("control", new SurvivalForecastOutcome([0, 5, 10], [1, 0.7, 0.4], [], [], [[1, 0.7, 0.4], [1, 0.7, 0.4]]))).ToArray();

        Assert.Equal((ContrastMeasure.SurvivalDifference, "1"), (contrasts[0].Measure, contrasts[0].Unit));
        Assert.Equal(0.4, contrasts[0].Value, 12);
        Assert.Equal(0.4 + (0.025 * 0.1), contrasts[0].Band.Lower, 12);
        Assert.Equal((ContrastMeasure.RmstDifference, "d"), (contrasts[1].Measure, contrasts[1].Unit));
        Assert.Equal(2, contrasts[1].Value, 12);
        Assert.Equal(2 + (0.975 * 0.5), contrasts[1].Band.Upper, 12);
    }

    [Fact]
    public void ClosedForm_EnsemblesOfDifferentSizeAreComparedPairByPair()
    {
        var contrast = ArmContrasts.Between(
            Forecast("treated", new BinaryForecastOutcome(0.5, null, [0.4, 0.6])),
            Forecast("control", new BinaryForecastOutcome(0.2, null, [0.2]))).Single();

        Assert.Equal(0.3, contrast.Value, 12);
        Assert.Equal(0.2 + (0.025 * 0.2), contrast.Band.Lower, 12);
    }

    [Theory]
    [InlineData(ForecastDetail.None, false, 0)]
    [InlineData(ForecastDetail.Band, true, 0)]
    [InlineData(ForecastDetail.Members, false, 3)]
    [InlineData(ForecastDetail.Band | ForecastDetail.Members, true, 3)]
    public void Property_AForecastCarriesWhatWasAskedFor(ForecastDetail detail, bool band, int memberCount)
    {
        var continuous = (ContinuousForecastOutcome)ForecastSummary.Of(new ContinuousForecast(5, 2, [4, 5, 6]), detail, "mg/dL").Outcome;
        var binary = (BinaryForecastOutcome)ForecastSummary.Of(new BinaryForecast(0.5, [0.4, 0.5, 0.6]), detail, "").Outcome;

        Assert.Equal(band, continuous.Band is not null);
        Assert.Equal(band, binary.Band is not null);
        Assert.Equal(memberCount, continuous.Members.Length);
        Assert.Equal(memberCount, binary.Members.Length);
        Assert.Equal("mg/dL", continuous.Unit);
    }

    [Fact]
    public void Property_ABandLeavesTheMembersInTheirOrder()
    {
        double[] members = [0.6, 0.4, 0.5];
        ForecastSummary.Of(new BinaryForecast(0.5, members), ForecastDetail.Band, "");
        Assert.Equal([0.6, 0.4, 0.5], members);
    }

    private static TwinForecast Forecast(string arm, ForecastOutcome outcome) =>
        new(SmallStudy.Id, SmallStudy.Subject(0), new ArmId(arm), Duration.FromDays(10), "hash", 2, outcome);
}
