using System.Globalization;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>Integrated gradients: the difference to a baseline times the mean gradient on the straight path from there.</summary>
/// <remarks>Source: [Sundararajan2017] equation 1; midpoints of steps that grow with the square of the way from the baseline, for normalised layers turn fastest where all
/// their inputs are near the mean. Contributions of all inputs add up to the difference of the function (completeness), which
/// tells how many steps are enough. For a linear function each is coefficient times difference, with any number of steps.</remarks>
/// <param name="Contributions">Shape [inputs].</param>
/// <param name="Start">The function at the baseline.</param>
/// <param name="End">The function at the point.</param>
/// <param name="StepCount">Steps that were taken.</param>
/// <param name="HasClosed">Whether contributions add up to the tolerance.</param>
internal sealed record PathIntegral(double[] Contributions, double Start, double End, int StepCount, bool HasClosed)
{
    private const int PointsAtOnce = 32;

    /// <summary>What single precision leaves, of numbers around 1.</summary>
    private const double Rounding = 1e-6;

    public double Gap => End - Start - Contributions.Sum();

    public static PathIntegral Of(IPathFunction function, float[] point, float[] baseline, PathIntegralOptions options)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.FirstStepCount, nameof(options));
        var width = function.InputCount;
        var ends = new double[2];
        function.Evaluate([.. baseline, .. point], ends, new float[2 * width]);
        for (var steps = options.FirstStepCount; ; steps *= 2)
        {
            var found = new PathIntegral(Integrate(function, point, baseline, steps), ends[0], ends[1], steps, true);
            var allowed = Math.Max(options.RelativeTolerance * Math.Abs(ends[1] - ends[0]), options.ShareTolerance * found.Contributions.Sum(Math.Abs));
            if (Math.Abs(found.Gap) <= allowed + (Rounding * Math.Max(1, Math.Abs(ends[1]))))
            {
                return found;
            }

            if (2 * steps > options.MostStepCount)
            {
                return found with { HasClosed = false };
            }
        }
    }

    /// <summary>The end of a sentence on several paths: how many contributions do not add up.</summary>
    public static string Openness(IReadOnlyCollection<PathIntegral> paths, PathIntegralOptions options)
    {
        var open = paths.Count(p => !p.HasClosed);
        return open == 0 ? "." : string.Create(CultureInfo.InvariantCulture, $"; in {open} of them contributions miss the difference by more than {options.RelativeTolerance:P0}: allow more steps.");
    }

    private static double[] Integrate(IPathFunction function, float[] point, float[] baseline, int steps)
    {
        var width = point.Length;
        var sums = new double[width];
        var values = new double[PointsAtOnce];
        var gradients = new float[PointsAtOnce * width];
        for (var start = 0; start < steps; start += PointsAtOnce)
        {
            var count = Math.Min(PointsAtOnce, steps - start);
            var points = new float[count * width];
            for (var k = 0; k < count; k++)
            {
                var middle = (Bound(start + k, steps) + Bound(start + k + 1, steps)) / 2;
                for (var i = 0; i < width; i++)
                {
                    points[(k * width) + i] = (float)(baseline[i] + (middle * ((double)point[i] - baseline[i])));
                }
            }

            function.Evaluate(points, values.AsSpan(0, count), gradients.AsSpan(0, count * width));
            for (var k = 0; k < count; k++)
            {
                var length = Bound(start + k + 1, steps) - Bound(start + k, steps);
                for (var i = 0; i < width; i++)
                {
                    sums[i] += length * gradients[(k * width) + i];
                }
            }
        }

        for (var i = 0; i < width; i++)
        {
            sums[i] *= (double)point[i] - baseline[i];
        }

        return sums;
    }

    private static double Bound(int step, int steps)
    {
        var share = (double)step / steps;
        return share * share * share;
    }
}
