namespace DigitalTwin.Omics.Normalization;

/// <summary>Linear interpolation between points, level beyond them.</summary>
internal static class PiecewiseLine
{
    /// <param name="xs">Ascending, each once, at least one.</param>
    /// <param name="ys">As many as <paramref name="xs"/>.</param>
    /// <param name="x">Where.</param>
    public static double At(double[] xs, double[] ys, double x)
    {
        // The last entry that is not above x, found by halves without a branch to guess: this runs once a number of every layer.
        var below = 0;
        for (var left = xs.Length; left > 1;)
        {
            var half = left / 2;
            below += xs[below + half] <= x ? half : 0;
            left -= half;
        }

        if (x <= xs[below] || below == xs.Length - 1)
        {
            return ys[below];
        }

        var share = (x - xs[below]) / (xs[below + 1] - xs[below]);
        return ys[below] + (share * (ys[below + 1] - ys[below]));
    }

    /// <summary>The value at a place of an evenly spaced list, 0 its first entry.</summary>
    public static double AtPlace(ReadOnlySpan<double> ys, double place)
    {
        var below = Math.Clamp((int)Math.Floor(place), 0, ys.Length - 1);
        var above = Math.Min(below + 1, ys.Length - 1);
        return ys[below] + ((place - below) * (ys[above] - ys[below]));
    }
}
