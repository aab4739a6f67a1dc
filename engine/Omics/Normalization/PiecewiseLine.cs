namespace DigitalTwin.Omics.Normalization;

/// <summary>Linear interpolation between points, level beyond them.</summary>
internal static class PiecewiseLine
{
    /// <param name="xs">Ascending, each once, at least one.</param>
    /// <param name="ys">As many as <paramref name="xs"/>.</param>
    /// <param name="x">Where.</param>
    public static double At(double[] xs, double[] ys, double x)
    {
        var place = Array.BinarySearch(xs, x);
        if (place >= 0)
        {
            return ys[place];
        }

        var above = ~place;
        if (above == 0 || above == xs.Length)
        {
            return above == 0 ? ys[0] : ys[^1];
        }

        var share = (x - xs[above - 1]) / (xs[above] - xs[above - 1]);
        return ys[above - 1] + (share * (ys[above] - ys[above - 1]));
    }

    /// <summary>The value at a place of an evenly spaced list, 0 its first entry.</summary>
    public static double AtPlace(ReadOnlySpan<double> ys, double place)
    {
        var below = Math.Clamp((int)Math.Floor(place), 0, ys.Length - 1);
        var above = Math.Min(below + 1, ys.Length - 1);
        return ys[below] + ((place - below) * (ys[above] - ys[below]));
    }
}
