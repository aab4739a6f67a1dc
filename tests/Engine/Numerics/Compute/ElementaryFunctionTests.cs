using System.Runtime.Intrinsics;
using DigitalTwin.Numerics.Compute.Functions;
using MathNet.Numerics;

namespace DigitalTwin.Tests.Engine.Numerics.Compute;

/// <summary>Elementary functions against float64 over a dense sweep of every float32 of their range.</summary>
public sealed class ElementaryFunctionTests
{
    // A prime step through the bit patterns of float32: 1.07 million numbers from the smallest subnormal to the largest.
    private const uint BitStep = 4001;

    private static readonly Dictionary<string, (Func<VectorLanes, VectorLanes> Function, Func<double, double> Truth, float Low, float High, double MostUlp)> Functions =
        new(StringComparer.Ordinal)
        {
            ["exp"] = (ElementaryFunctions.Exp, Math.Exp, -104f, 88.72f, 1.5),
            ["exp - 1"] = (ElementaryFunctions.ExpMinusOne, ExpMinusOne, -104f, 88.72f, 2.5),
            ["log"] = (ElementaryFunctions.Log, Math.Log, float.Epsilon, float.MaxValue, 1.5),
            ["log(1 + x)"] = (ElementaryFunctions.LogOnePlus, LogOnePlus, 0f, 1f, 2.5),
            ["sigmoid"] = (ElementaryFunctions.Sigmoid, x => 1 / (1 + Math.Exp(-x)), -87f, 104f, 3),
            ["tanh"] = (ElementaryFunctions.Tanh, Math.Tanh, -20f, 20f, 3),
            ["softplus"] = (ElementaryFunctions.Softplus, x => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))), -87f, 104f, 3),
            ["normal density"] = (ElementaryFunctions.NormalDensity, x => Math.Exp(-0.5 * x * x) / Math.Sqrt(2 * Math.PI), -13f, 13f, 5),
            ["normal distribution"] = (ElementaryFunctions.NormalDistribution, x => 0.5 * SpecialFunctions.Erfc(-x / Math.Sqrt(2)), -12.8f, 13f, 8),
        };

    public static TheoryData<string> Names() => [.. Functions.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Reference_EveryFunction_StaysWithinItsStatedError(string name)
    {
        var (function, truth, low, high, mostUlp) = Functions[name];
        var (worst, worstAt) = (0.0, 0f);
        var compared = 0;
        for (ulong bits = 0; bits <= uint.MaxValue; bits += BitStep)
        {
            var x = BitConverter.UInt32BitsToSingle((uint)bits);
            if (float.IsNaN(x) || x < low || x > high)
            {
                continue;
            }

            var found = function(new VectorLanes(Vector512.Create(x))).Value[0];
            var error = UlpBetween(found, truth(x));
            compared++;
            if (error > worst)
            {
                (worst, worstAt) = (error, x);
            }
        }

        Assert.True(compared > 10_000, $"only {compared} numbers of the range were tried");
        Assert.True(worst <= mostUlp, FormattableString.Invariant($"{name}: {worst:F2} ULP at {worstAt:R}, stated {mostUlp}"));
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name}: {worst:F2} ULP at {worstAt:R}"));
    }

    [Fact]
    public void ClosedForm_LimitsAndNaN()
    {
        float At(Func<VectorLanes, VectorLanes> f, float x) => f(VectorLanes.Of(x)).Value[3];
        Assert.Equal(0f, At(ElementaryFunctions.Exp, -200f));
        Assert.Equal(float.PositiveInfinity, At(ElementaryFunctions.Exp, 89f));
        Assert.Equal(float.PositiveInfinity, At(ElementaryFunctions.Exp, float.PositiveInfinity));
        Assert.Equal(0f, At(ElementaryFunctions.Exp, float.NegativeInfinity));
        Assert.Equal(-1f, At(ElementaryFunctions.ExpMinusOne, float.NegativeInfinity));
        Assert.Equal(float.PositiveInfinity, At(ElementaryFunctions.ExpMinusOne, float.PositiveInfinity));
        Assert.Equal(float.NegativeInfinity, At(ElementaryFunctions.Log, 0f));
        Assert.Equal(float.PositiveInfinity, At(ElementaryFunctions.Log, float.PositiveInfinity));
        Assert.Equal(float.NaN, At(ElementaryFunctions.Log, -1f));
        Assert.Equal(1f, At(ElementaryFunctions.Tanh, float.PositiveInfinity));
        Assert.Equal(-1f, At(ElementaryFunctions.Tanh, float.NegativeInfinity));
        Assert.Equal(0f, At(ElementaryFunctions.Sigmoid, float.NegativeInfinity));
        Assert.All(Functions.Values, f => Assert.Equal(float.NaN, At(f.Function, float.NaN)));
    }

    // The runtime's own ExpM1 and LogP1 subtract and add 1 as written, and lose small arguments. Source: [Kahan1987].
    private static double ExpMinusOne(double x)
    {
        var e = Math.Exp(x);
        return e == 1 ? x : e - 1 == -1 ? -1 : (e - 1) * x / Math.Log(e);
    }

    private static double LogOnePlus(double x) => 1 + x == 1 ? x : Math.Log(1 + x) * x / (1 + x - 1);

    /// <summary>Distance in units in the last place of the true number as a float32.</summary>
    private static double UlpBetween(float found, double truth)
    {
        if (found == (float)truth)
        {
            return 0;
        }

        var size = Math.Max(Math.Abs(truth), 1.17549435e-38);
        var ulp = Math.Pow(2, Math.Floor(Math.Log2(size)) - 23);
        return Math.Abs(found - truth) / ulp;
    }
}
