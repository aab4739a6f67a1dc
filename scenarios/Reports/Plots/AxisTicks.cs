namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Round numbers for an axis.</summary>
internal static class AxisTicks
{
    private static readonly double[] Mantissas = [1, 2, 2.5, 5, 10];
    private static readonly double[] FineRatios = [1, 1.1, 1.25, 1.5, 2, 2.5, 3, 4, 5, 6, 7, 8, 9];
    private static readonly double[] CoarseRatios = [1, 2, 5];

    /// <summary>Multiples of 1, 2, 2.5 or 5 times a power of ten inside the limits, about <paramref name="wanted"/> of them.</summary>
    public static IReadOnlyList<double> Linear(double minimum, double maximum, int wanted)
    {
        var step = Step(maximum - minimum, wanted);
        var first = (long)Math.Ceiling((minimum / step) - 1e-9);
        var last = (long)Math.Floor((maximum / step) + 1e-9);
        return [.. Range(first, last).Select(i => Math.Round(i * step, 12))];
    }

    /// <summary>Limits moved outwards to the next round numbers.</summary>
    public static (double Minimum, double Maximum) Widen(double minimum, double maximum, int wanted)
    {
        if (maximum <= minimum)
        {
            (minimum, maximum) = (minimum - 0.5, maximum + 0.5);
        }

        var step = Step(maximum - minimum, wanted);
        return (Math.Floor((minimum / step) + 1e-9) * step, Math.Ceiling((maximum / step) - 1e-9) * step);
    }

    /// <summary>Round ratios inside the limits: fine ones when the limits are close, else 1, 2 and 5 times powers of ten.</summary>
    public static IReadOnlyList<double> Logarithmic(double minimum, double maximum)
    {
        var mantissas = maximum / minimum < 12 ? FineRatios : CoarseRatios;
        var lowest = (long)Math.Floor(Math.Log10(minimum));
        var highest = (long)Math.Ceiling(Math.Log10(maximum));
        return
        [
            .. Range(lowest, highest)
                .SelectMany(power => mantissas.Where(m => power >= 0 || m is not (1.1 or 1.25)).Select(m => Math.Round(m * Math.Pow(10, power), 12)))
                .Where(tick => tick >= minimum * (1 - 1e-9) && tick <= maximum * (1 + 1e-9)),
        ];
    }

    private static double Step(double span, int wanted)
    {
        var rough = span / Math.Max(1, wanted);
        var power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        return power * Mantissas.First(m => m * power >= rough * (1 - 1e-9));
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (var i = first; i <= last; i++)
        {
            yield return i;
        }
    }
}
