namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Grid, ticks and names of a picture's axes.</summary>
internal static class PlotAxes
{
    /// <summary>Horizontal axis under the plot area; the name stands below the tick labels.</summary>
    /// <returns>Pixel of the lowest text.</returns>
    public static double DrawX(SvgCanvas svg, PlotScale x, double top, double bottom, string name, Func<double, string> label, int wanted = 7, bool grid = true, IReadOnlyList<double>? ticks = null)
    {
        foreach (var tick in x.TicksWithRoom(ticks ?? x.Ticks(wanted), label))
        {
            if (grid)
            {
                svg.Line(x[tick], top, x[tick], bottom, "grid");
            }

            svg.Line(x[tick], bottom, x[tick], bottom + 4, "axis");
            svg.Text(x[tick], bottom + 18, label(tick), "tm", "middle");
        }

        svg.Line(x.From, bottom, x.To, bottom, "axis");
        svg.Text((x.From + x.To) / 2, bottom + 37, PlotText.Fit(name, x.To - x.From), "t", "middle");
        return bottom + 42;
    }

    /// <summary>Vertical axis at the left of the plot area; the name is turned and stands outside the tick labels.</summary>
    public static void DrawY(SvgCanvas svg, PlotScale y, double left, double right, string name, Func<double, string> label, int wanted = 5)
    {
        var widest = 0.0;
        foreach (var tick in y.Ticks(wanted))
        {
            svg.Line(left, y[tick], right, y[tick], "grid");
            svg.Text(left - 7, y[tick] + 4, label(tick), "tm", "end");
            widest = Math.Max(widest, PlotText.Width(label(tick)));
        }

        svg.TurnedText(left - 14 - widest - 6, (y.From + y.To) / 2, name);
    }

    /// <summary>Legend in rows that wrap; each entry draws its own 26 pixel wide sample.</summary>
    /// <returns>Pixel below the legend.</returns>
    public static double DrawLegend(SvgCanvas svg, double left, double right, double top, IReadOnlyList<(string Label, Action<double, double> Sample)> entries)
    {
        const double sample = 32;
        const double gap = 24;
        var x = left;
        var y = top + 12;
        foreach (var (words, draw) in entries)
        {
            var label = PlotText.Fit(words, right - left - sample);
            var width = sample + PlotText.Width(label);
            if (x > left && x + width > right)
            {
                x = left;
                y += 20;
            }

            draw(x, y - 4);
            svg.Text(x + sample, y, label);
            x += width + gap;
        }

        return y + 10;
    }

    /// <summary>Height that <see cref="DrawLegend"/> will take.</summary>
    public static double LegendHeight(double left, double right, IEnumerable<string> labels)
    {
        var x = left;
        var height = 22.0;
        foreach (var width in labels.Select(l => 32 + PlotText.Width(PlotText.Fit(l, right - left - 32))))
        {
            if (x > left && x + width > right)
            {
                x = left;
                height += 20;
            }

            x += width + 24;
        }

        return height;
    }
}
