using CsCheck;
using DigitalTwin.Numerics.Splines;
using DigitalTwin.Tests.Reference;

namespace DigitalTwin.Tests.Engine.Numerics.Splines;

public sealed class RestrictedCubicSplineTests
{
    [Fact]
    public void Reference_Columns_MatchRHmisc480()
    {
        var table = ReferenceData.Table("splines/rcspline.csv");
        var spline = new RestrictedCubicSpline([1, 3, 7, 20]);
        var x = table.Numbers("x");
        for (var i = 0; i < x.Length; i++)
        {
            Agreement.Close(table.Numbers("first")[i], spline.Evaluate(x[i], 0), 1e-12);
            Agreement.Close(table.Numbers("second")[i], spline.Evaluate(x[i], 1), 1e-12);
        }
    }

    [Fact]
    public void Property_LinearBeyondTheLastKnot() =>
        Gen.Double[20, 1e4].Sample(x =>
        {
            var spline = new RestrictedCubicSpline([1, 3, 7, 20]);
            var slope = spline.Evaluate(21, 0) - spline.Evaluate(20, 0);
            Agreement.Close(spline.Evaluate(20, 0) + (slope * (x - 20)), spline.Evaluate(x, 0), 1e-7);
        });

    [Fact]
    public void ClosedForm_RepeatedQuantilesAreMerged() =>
        Assert.Equal([0.0, 1], RestrictedCubicSpline.KnotsAtQuantiles([0, 0, 0, 0, 0, 0, 1, 1, 1, 1], 3)[..2]);

    [Fact]
    public void Error_KnotsMustAscend() =>
        Assert.Contains("ascend", Assert.Throws<ArgumentException>(() => new RestrictedCubicSpline([1, 1, 2])).Message, StringComparison.Ordinal);
}
