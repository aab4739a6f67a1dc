using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Numerics.Splines;

/// <summary>Cubic spline that is linear beyond its outer knots, in the truncated power basis.</summary>
/// <remarks>Source: [Harrell2015] section 2.4.5; the same columns as R <c>Hmisc::rcspline.eval(x, knots, norm = 2)</c>.</remarks>
public sealed class RestrictedCubicSpline
{
    private readonly double[] _knots;

    /// <param name="knots">At least three, strictly ascending, in the unit of the variable.</param>
    /// <exception cref="ArgumentException">Fewer than three knots, or not strictly ascending.</exception>
    public RestrictedCubicSpline(ReadOnlySpan<double> knots)
    {
        if (knots.Length < 3)
        {
            throw new ArgumentException($"A restricted cubic spline needs at least 3 knots; {knots.Length} given.", nameof(knots));
        }

        for (var i = 1; i < knots.Length; i++)
        {
            if (!(knots[i] > knots[i - 1]))
            {
                throw new ArgumentException($"Knots must ascend strictly; knot {i} is {knots[i]} after {knots[i - 1]}.", nameof(knots));
            }
        }

        _knots = knots.ToArray();
    }

    public ReadOnlySpan<double> Knots => _knots;

    /// <summary>Number of non-linear columns: knots - 2. The linear column is the variable itself.</summary>
    public int NonlinearCount => _knots.Length - 2;

    /// <summary>Non-linear column <paramref name="index"/> (0-based) at <paramref name="x"/>, in the unit of the variable.</summary>
    public double Evaluate(double x, int index)
    {
        var first = _knots[0];
        var last = _knots[^1];
        var beforeLast = _knots[^2];
        var knot = _knots[index];
        var span = last - first;
        var value = Cube(x - knot)
            - (Cube(x - beforeLast) * (last - knot) / (last - beforeLast))
            + (Cube(x - last) * (beforeLast - knot) / (last - beforeLast));
        return value / (span * span);
    }

    /// <summary>Knots at the quantiles Harrell recommends for <paramref name="count"/> knots (3, 4 or 5), equal ones merged.</summary>
    /// <param name="sorted">Values in ascending order, at least one.</param>
    /// <param name="count">3, 4 or 5.</param>
    /// <returns>Strictly ascending knots; fewer than <paramref name="count"/> when values repeat.</returns>
    public static double[] KnotsAtQuantiles(ReadOnlySpan<double> sorted, int count)
    {
        double[] probabilities = count switch
        {
            3 => [0.10, 0.50, 0.90],
            4 => [0.05, 0.35, 0.65, 0.95],
            5 => [0.05, 0.275, 0.50, 0.725, 0.95],
            _ => throw new ArgumentOutOfRangeException(nameof(count), count, "Between 3 and 5 knots."),
        };
        var knots = new List<double>(count);
        foreach (var probability in probabilities)
        {
            var knot = SampleQuantile.OfSorted(sorted, probability);
            if (knots.Count == 0 || knot > knots[^1])
            {
                knots.Add(knot);
            }
        }

        return [.. knots];
    }

    private static double Cube(double value) => value <= 0 ? 0 : value * value * value;
}
