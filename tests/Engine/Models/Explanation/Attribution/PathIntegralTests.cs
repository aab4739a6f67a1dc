using DigitalTwin.Models.Explanation.Attribution;

namespace DigitalTwin.Tests.Engine.Models.Explanation.Attribution;

public sealed class PathIntegralTests
{
    [Fact]
    public void ClosedForm_OfALinearFunction_IsCoefficientTimesDifference()
    {
        var function = new Stated(x => (2 * x[0]) - (3 * x[1]) + 7, _ => [2, -3], 2);

        var found = PathIntegral.Of(function, [1.5f, -2f], [0.5f, 1f], new PathIntegralOptions { FirstStepCount = 1 });

        Assert.Equal([2.0, 9.0], found.Contributions.Select(c => Math.Round(c, 12)));
        Assert.Equal(0, found.Gap, 12);
        Assert.Equal(1, found.StepCount);
    }

    [Fact]
    public void ClosedForm_OfASquareAndAProduct_IsTheIntegral()
    {
        // x0^2 gives x0^2; x1 x2 is shared equally.
        var function = new Stated(x => (x[0] * x[0]) + (x[1] * x[2]), x => [2 * x[0], x[2], x[1]], 3);

        var found = PathIntegral.Of(function, [3f, 2f, 5f], [0f, 0f, 0f], new PathIntegralOptions { FirstStepCount = 64 });

        Assert.Equal([9.0, 5.0, 5.0], found.Contributions.Select(c => Math.Round(c, 5)));
    }

    [Fact]
    public void Property_StepsAreDoubledUntilContributionsAddUp()
    {
        // Nearly a step: a few midpoints miss it.
        var function = new Stated(x => 1 / (1 + Math.Exp(-200 * (x[0] - 0.3))), x => [Slope(x[0])]);

        var found = PathIntegral.Of(function, [1f], [0f], new PathIntegralOptions { FirstStepCount = 2, RelativeTolerance = 0.001, ShareTolerance = 0.001 });
        var cut = PathIntegral.Of(function, [1f], [0f], new PathIntegralOptions { FirstStepCount = 2, MostStepCount = 4, RelativeTolerance = 0.001, ShareTolerance = 0.001 });

        Assert.True(found.HasClosed);
        Assert.True(found.StepCount > 16);
        Assert.InRange(found.Gap, -0.001, 0.001);
        Assert.False(cut.HasClosed);

        static double Slope(double x)
        {
            var p = 1 / (1 + Math.Exp(-200 * (x - 0.3)));
            return 200 * p * (1 - p);
        }
    }

    private sealed class Stated(Func<double[], double> value, Func<double[], double[]> gradient, int count = 1) : IPathFunction
    {
        public int InputCount => count;

        public void Evaluate(float[] points, Span<double> values, Span<float> gradients)
        {
            for (var k = 0; k < values.Length; k++)
            {
                var point = points.AsSpan(k * InputCount, InputCount).ToArray().Select(v => (double)v).ToArray();
                values[k] = value(point);
                var slopes = gradient(point);
                for (var i = 0; i < InputCount; i++)
                {
                    gradients[(k * InputCount) + i] = (float)slopes[i];
                }
            }
        }
    }
}
