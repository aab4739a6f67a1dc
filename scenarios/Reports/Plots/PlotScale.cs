namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Carries values to pixels, linearly or by the logarithm.</summary>
/// <param name="Minimum">Value at <paramref name="From"/>; positive on a logarithmic scale.</param>
/// <param name="Maximum">Value at <paramref name="To"/>, larger than the minimum.</param>
/// <param name="From">Pixel of the minimum.</param>
/// <param name="To">Pixel of the maximum.</param>
/// <param name="Logarithmic">True for ratios.</param>
internal sealed record PlotScale(double Minimum, double Maximum, double From, double To, bool Logarithmic = false)
{
    /// <summary>Pixel of a value; values outside the limits are held at the edge.</summary>
    public double this[double value]
    {
        get
        {
            var held = Math.Clamp(value, Minimum, Maximum);
            var share = Logarithmic
                ? Math.Log(held / Minimum) / Math.Log(Maximum / Minimum)
                : (held - Minimum) / (Maximum - Minimum);
            return From + (share * (To - From));
        }
    }

    public bool Holds(double value) => value >= Minimum && value <= Maximum;

    public IReadOnlyList<double> Ticks(int wanted) =>
        Logarithmic ? AxisTicks.Logarithmic(Minimum, Maximum) : AxisTicks.Linear(Minimum, Maximum, wanted);

    /// <summary>Those ticks whose labels leave room between each other on a horizontal axis; on a ratio scale 1 is kept first.</summary>
    public IReadOnlyList<double> TicksWithRoom(IReadOnlyList<double> ticks, Func<double, string> label)
    {
        var kept = new List<double>();
        foreach (var tick in ticks.OrderBy(t => Logarithmic ? Priority(t) : 0))
        {
            if (kept.All(k => Math.Abs(this[k] - this[tick]) > ((PlotText.Width(label(k)) + PlotText.Width(label(tick))) / 2) + 8))
            {
                kept.Add(tick);
            }
        }

        kept.Sort();
        return kept;
    }

    private static int Priority(double tick)
    {
        var mantissa = Math.Round(tick / Math.Pow(10, Math.Floor(Math.Log10(tick) + 1e-9)), 6);
        return mantissa switch { 1 => tick == 1 ? 0 : 1, 2 or 5 => 2, 1.5 => 3, _ => 4 };
    }
}
