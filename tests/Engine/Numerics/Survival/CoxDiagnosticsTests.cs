using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: cox.zph of R survival 3.5-3, written by Reference/survival/performance.R.</summary>
public sealed class CoxDiagnosticsTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/performance.csv");

    [Theory]
    [InlineData(TimeTransform.KaplanMeier, "km")]
    [InlineData(TimeTransform.Identity, "identity")]
    [InlineData(TimeTransform.Log, "log")]
    public void Reference_GbsgAndVeteran_MatchCoxZph(TimeTransform transform, string name)
    {
        AssertMatches($"zph.{name}", "gbsg.adjusted", SurvivalData.Gbsg(SurvivalData.GbsgColumns), transform);
        AssertMatches($"zph.{name}", "veteran", SurvivalData.Veteran("trt", "karno", "age"), transform);
    }

    [Fact]
    public void Error_ACoefficientWasNotFitted()
    {
        var data = SurvivalData.Matrix([[1, 1, 1]]);
        var fit = CoxRegression.Fit([1, 2, 3], [true, true, false], data);
        Assert.Throws<ArgumentException>(() => CoxDiagnostics.ProportionalHazards([1, 2, 3], [true, true, false], data, fit));
    }

    private static void AssertMatches(string quantity, string @case, SurvivalData data, TimeTransform transform)
    {
        var fit = CoxRegression.Fit(data.Times, data.Events, data.Covariates);
        var test = CoxDiagnostics.ProportionalHazards(data.Times, data.Events, data.Covariates, fit, transform: transform);
        Agreement.Close(R.Vector(@case, quantity), [.. test.Covariates.Select(t => t.Statistic), test.Overall.Statistic], 1e-5);
    }
}
