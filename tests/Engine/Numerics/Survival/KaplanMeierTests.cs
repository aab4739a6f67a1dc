using DigitalTwin.Numerics.Survival;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Survival;

/// <summary>Oracle: survfit and quantile.survfit of R survival 3.5-3, written by Reference/survival/curves.R.</summary>
public sealed class KaplanMeierTests
{
    private static readonly ReferenceValues R = ReferenceData.Values("survival/curves.csv");

    [Theory]
    [InlineData(IntervalTransform.Plain, "plain")]
    [InlineData(IntervalTransform.Log, "log")]
    [InlineData(IntervalTransform.LogLog, "log-log")]
    public void Reference_GbsgControls_MatchesSurvfit(IntervalTransform interval, string name)
    {
        var data = SurvivalData.Gbsg("hormon");
        var controls = data.Covariates.Values.ToArray();
        var rows = Enumerable.Range(0, controls.Length).Where(i => controls[i] == 0).ToArray();
        AssertMatches("gbsg.controls", name, KaplanMeier.Fit(
            Array.ConvertAll(rows, i => data.Times[i]), Array.ConvertAll(rows, i => data.Events[i]), new() { Interval = interval }));
    }

    [Theory]
    [InlineData(IntervalTransform.Plain, "plain")]
    [InlineData(IntervalTransform.Log, "log")]
    [InlineData(IntervalTransform.LogLog, "log-log")]
    public void Reference_VeteranToTheLastDeath_MatchesSurvfit(IntervalTransform interval, string name)
    {
        var data = SurvivalData.Veteran("trt");
        AssertMatches("veteran", name, KaplanMeier.Fit(data.Times, data.Events, new() { Interval = interval }));
    }

    [Theory]
    [InlineData(IntervalTransform.Plain, "plain", CurveVariance.Greenwood, "weighted")]
    [InlineData(IntervalTransform.Log, "log", CurveVariance.Greenwood, "weighted")]
    [InlineData(IntervalTransform.LogLog, "log-log", CurveVariance.Greenwood, "weighted")]
    [InlineData(IntervalTransform.Plain, "plain", CurveVariance.Robust, "robust")]
    [InlineData(IntervalTransform.Log, "log", CurveVariance.Robust, "robust")]
    [InlineData(IntervalTransform.LogLog, "log-log", CurveVariance.Robust, "robust")]
    public void Reference_WeightsAndManyTies_MatchSurvfit(IntervalTransform interval, string name, CurveVariance variance, string kind)
    {
        var data = SurvivalData.GbsgCoarse("hormon");
        var options = new KaplanMeierOptions { Interval = interval, Variance = variance, Weights = SurvivalData.GbsgCoarseWeights() };
        AssertMatches($"gbsg.coarse.{kind}", name, KaplanMeier.Fit(data.Times, data.Events, options));
    }

    [Fact]
    public void Reference_Lung_MatchesSurvfit()
    {
        var table = ReferenceData.DataSet("lung");
        var curve = KaplanMeier.Fit(table.Numbers("time"), table.Flags("status", 2), new() { Interval = IntervalTransform.Plain });
        AssertMatches("lung", "plain", curve);
    }

    [Theory]
    [InlineData(0, "gbsg.arm0")]
    [InlineData(1, "gbsg.arm1")]
    public void Reference_GbsgYearlySurvival_MatchesSurvfit(int arm, string name)
    {
        var data = SurvivalData.Gbsg("hormon");
        var rows = Enumerable.Range(0, 686).Where(i => data.Covariates[i, 0] == arm).ToArray();
        var curve = KaplanMeier.Fit(Array.ConvertAll(rows, i => data.Times[i]), Array.ConvertAll(rows, i => data.Events[i]));
        double[] years = [1, 2, 3, 5];
        Agreement.Close(R.Vector(name, "years.1.2.3.5"), Array.ConvertAll(years, y => curve.At(y * 365.25).Survival));
    }

    [Fact]
    public void ClosedForm_ThreeSubjects()
    {
        var curve = KaplanMeier.Fit([1, 2, 2, 4], [true, true, false, false]);
        Assert.Equal([1.0, 2, 4], curve.Times);
        Agreement.Close([0.75, 0.5, 0.5], curve.Survival);
        Assert.Equal([4.0, 3, 1], curve.AtRisk);
        Agreement.Close(0.5 * Math.Sqrt((1.0 / 12) + (1.0 / 6)), curve.At(3).StandardError);
        Assert.Equal((1, 4), (curve.At(0.5).Survival, curve.At(0.5).AtRisk));
        Assert.Equal((0.5, 0), (curve.At(9).Survival, curve.At(9).AtRisk));
        Assert.Equal(3, curve.Median.Value);
        Assert.True(double.IsNaN(curve.Quantile(0.9).Value));
    }

    [Fact]
    public void ClosedForm_MedianOfALevelStretchIsItsMiddle() =>
        Assert.Equal(2.5, KaplanMeier.Fit([1, 2, 3, 4], [true, true, true, true]).Median.Value);

    [Fact]
    public void Property_WholeWeightsEqualCopies()
    {
        var data = SurvivalData.GbsgCoarse("hormon");
        int[] copies = [.. Enumerable.Range(0, 686).SelectMany(i => Enumerable.Repeat(i, i % 3))];
        var weighted = KaplanMeier.Fit(data.Times, data.Events, new() { Weights = [.. Enumerable.Range(0, 686).Select(i => (double)(i % 3))] });
        var copied = KaplanMeier.Fit(Array.ConvertAll(copies, i => data.Times[i]), Array.ConvertAll(copies, i => data.Events[i]));
        Agreement.Close(copied.Survival, weighted.Survival, 1e-12);
        Agreement.Close(copied.StandardErrors, weighted.StandardErrors, 1e-12);
        Agreement.Close(copied.Lower, weighted.Lower, 1e-12);
    }

    [Fact]
    public void Error_InputIsRefused()
    {
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([1, double.NaN], [true, false]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([1, -2], [true, false]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([1, 2], [true]));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([], []));
        Assert.Throws<ArgumentException>(() => KaplanMeier.Fit([1, 2], [true, false], new() { Weights = [1, -1] }));
        Assert.Throws<ArgumentOutOfRangeException>(() => KaplanMeier.Fit([1, 2], [true, false], new() { Level = 95 }));
        Assert.Throws<ArgumentOutOfRangeException>(() => KaplanMeier.Fit([1, 2], [true, false]).Quantile(1.2));
    }

    private static void AssertMatches(string @case, string interval, SurvivalCurve curve)
    {
        Agreement.Close(R.Vector($"{@case}.plain", "time"), curve.Times);
        Agreement.Close(R.Vector($"{@case}.plain", "n.risk"), curve.AtRisk);
        Agreement.Close(R.Vector($"{@case}.plain", "n.event"), curve.Events);
        Agreement.Close(R.Vector($"{@case}.plain", "surv"), curve.Survival);
        Agreement.Close(R.Vector($"{@case}.plain", "std.err"), curve.StandardErrors);
        Agreement.Close(OneBeforeTheFirstEvent(R.Vector($"{@case}.{interval}", "lower"), curve), curve.Lower);
        Agreement.Close(OneBeforeTheFirstEvent(R.Vector($"{@case}.{interval}", "upper"), curve), curve.Upper);
        QuantileEstimate[] quantiles = [curve.Quantile(0.25), curve.Quantile(0.5)];
        Agreement.Close(R.Vector($"{@case}.{interval}", "quantile"), Array.ConvertAll(quantiles, q => q.Value));
        Agreement.Close(R.Vector($"{@case}.{interval}", "quantile.lower"), Array.ConvertAll(quantiles, q => q.Lower));
        Agreement.Close(R.Vector($"{@case}.{interval}", "quantile.upper"), Array.ConvertAll(quantiles, q => q.Upper));
    }

    // R's log-log bounds are NA while the curve is 1; ours are 1, as its plain ones.
    private static double[] OneBeforeTheFirstEvent(double[] bounds, SurvivalCurve curve) =>
        [.. bounds.Select((bound, t) => double.IsNaN(bound) && curve.Survival[t] == 1 ? 1 : bound)];
}
