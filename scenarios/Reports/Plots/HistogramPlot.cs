using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>A histogram, optionally with bars of two meanings and marked values.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Title">What the picture shows.</param>
/// <param name="Description">The numbers that matter.</param>
/// <param name="Histogram">Edges and counts.</param>
/// <param name="XName">Name of the horizontal axis.</param>
/// <param name="YName">Name of the vertical axis.</param>
/// <param name="Style">Style class of a bar by its middle.</param>
/// <param name="Marks">Values marked by a line with words above it.</param>
/// <param name="Label">Text of a tick.</param>
/// <param name="Width">Width of the picture.</param>
internal sealed record HistogramPlot(
    string Key,
    string Title,
    string Description,
    Histogram Histogram,
    string XName,
    string YName,
    Func<double, string> Style,
    IReadOnlyList<PlotMark> Marks,
    Func<double, string> Label,
    double Width = 860)
{
    private const double Left = 74;

    public string Draw()
    {
        var top = 10 + (Marks.Count * 17.0);
        var bottom = top + 210;
        var svg = new SvgCanvas(Key, Width, bottom + 46, Title, Description);
        var x = new PlotScale(Histogram.Edges[0], Histogram.Edges[^1], Left, Width - 18);
        var y = new PlotScale(0, AxisTicks.Widen(0, Math.Max(1, Histogram.Counts.Max()), 4).Maximum, bottom, top);
        PlotAxes.DrawY(svg, y, Left, Width - 18, YName, ReportNumbers.Short, 4);
        for (var i = 0; i < Histogram.Counts.Length; i++)
        {
            var (from, to) = (Histogram.Edges[i], Histogram.Edges[i + 1]);
            svg.Rect(x[from] + 0.5, y[Histogram.Counts[i]], x[to] - x[from] - 1, bottom - y[Histogram.Counts[i]], "bar f-" + Style((from + to) / 2));
        }

        PlotAxes.DrawX(svg, x, top, bottom, XName, Label, grid: false);
        DrawMarks(svg, x, bottom);
        return svg.ToString();
    }

    /// <summary>Words of the marks stand above each other, so that near values cannot overlap.</summary>
    private void DrawMarks(SvgCanvas svg, PlotScale x, double bottom)
    {
        for (var i = 0; i < Marks.Count; i++)
        {
            var mark = Marks[i];
            if (!x.Holds(mark.Value))
            {
                continue;
            }

            var at = x[mark.Value];
            var y = 12 + (i * 17.0);
            svg.Line(at, y - 8, at, bottom, mark.Style);
            var fits = at + 6 + PlotText.Width(mark.Label) < Width;
            svg.Text(fits ? at + 6 : at - 6, y, mark.Label, "t", fits ? "start" : "end");
        }
    }
}

/// <summary>A value marked in a plot.</summary>
internal sealed record PlotMark(double Value, string Label, string Style);
