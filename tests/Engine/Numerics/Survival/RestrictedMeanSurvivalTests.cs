using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: summary.survfit(rmean =) and residuals.survfit of R survival 3.5-3, written by Reference/survival/curves.R.</summary>
public sealed class RestrictedMeanSurvivalTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/curves.csv");

    [Fact]
    public void Reference_GbsgArms_MatchSurvfitRmean()
    {
        var data = SurvivalData.Gbsg("hormon");
        var contrast = SurvivalContrast.RestrictedMean(
            data.Times, data.Events, data.Table.Flags("hormon"), 1825, variance: CurveVariance.Greenwood);
        Agreement.Close(R.Vector("gbsg.arm1", "rmst.1825"), [contrast.Treated.Value, contrast.Treated.StandardError]);
        Agreement.Close(R.Vector("gbsg.arm0", "rmst.1825"), [contrast.Control.Value, contrast.Control.StandardError]);
        Agreement.Close(1413.42208547 - 1264.11809980, contrast.Difference, 1e-6);
    }

    [Fact]
    public void Reference_PbcArms_MatchSurvfitRmean()
    {
        var data = SurvivalData.PbcTrial();
        var years = Array.ConvertAll(data.Times, t => t / 365.25);
        var contrast = SurvivalContrast.RestrictedMean(
            years, data.Events, data.Table.Flags("trt"), 10, variance: CurveVariance.Greenwood);
        Agreement.Close(R.Vector("pbc.arm1", "rmst.10"), [contrast.Treated.Value, contrast.Treated.StandardError]);
        Agreement.Close(R.Vector("pbc.arm2", "rmst.10"), [contrast.Control.Value, contrast.Control.StandardError]);
    }

    [Fact]
    public void Reference_WeightedGbsgArms_MatchResidualsSurvfit()
    {
        var data = SurvivalData.Gbsg("hormon");
        var treated = data.Table.Flags("hormon");
        var weights = SurvivalData.GbsgCoarseWeights();
        var means = SurvivalContrast.RestrictedMean(data.Times, data.Events, treated, 1825, weights);
        Agreement.Close(R.Vector("gbsg.arm1", "weighted.rmst.1825"), [means.Treated.Value, means.Treated.StandardError]);
        Agreement.Close(R.Vector("gbsg.arm0", "weighted.rmst.1825"), [means.Control.Value, means.Control.StandardError]);
        var points = SurvivalContrast.SurvivalAt(data.Times, data.Events, treated, 1095, weights);
        Agreement.Close(R.Vector("gbsg.arm1", "weighted.surv.1095"), [points.Treated.Value, points.Treated.StandardError]);
        Agreement.Close(R.Vector("gbsg.arm0", "weighted.surv.1095"), [points.Control.Value, points.Control.StandardError]);
        Agreement.Close(
            Math.Sqrt(Math.Pow(points.Treated.StandardError, 2) + Math.Pow(points.Control.StandardError, 2)), points.StandardError);
    }

    [Fact]
    public void ClosedForm_NoCensoring_IsTheMeanOfTheCutTimes()
    {
        double[] times = [1, 3, 4, 8, 10];
        var estimate = RestrictedMeanSurvival.Estimate(times, [true, true, true, true, true], 6, variance: CurveVariance.Robust);
        double[] cut = [1, 3, 4, 6, 6];
        Agreement.Close(4, estimate.Value);
        Agreement.Close(Math.Sqrt(cut.Sum(t => (t - 4) * (t - 4))) / 5, estimate.StandardError);
    }

    [Fact]
    public void Property_ScalesWithTheUnitOfTime()
    {
        var data = SurvivalData.Gbsg("hormon");
        var days = RestrictedMeanSurvival.Estimate(data.Times, data.Events, 1825);
        var weeks = RestrictedMeanSurvival.Estimate(Array.ConvertAll(data.Times, t => t / 7), data.Events, 1825 / 7.0);
        Agreement.Close(days.Value / 7, weeks.Value, 1e-12);
        Agreement.Close(days.StandardError / 7, weeks.StandardError, 1e-12);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(5)]
    [InlineData(double.NaN)]
    public void Error_HorizonOutOfRange(double horizon) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RestrictedMeanSurvival.Estimate([1, 2, 4], [true, true, false], horizon));

    [Fact]
    public void Error_AnArmIsEmpty() => Assert.Throws<ArgumentException>(
        () => SurvivalContrast.RestrictedMean([1, 2, 4], [true, true, false], [true, true, true], 2));
}
