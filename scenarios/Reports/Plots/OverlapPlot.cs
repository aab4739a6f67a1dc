using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Propensity scores: treated subjects upwards, control subjects downwards, before (pale) and after weighting (solid).
/// Each is a share of its own arm, so that arms of different size compare.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Overlap">Counts by bin.</param>
/// <param name="TreatedLabel">Words for the treated arm.</param>
/// <param name="ControlLabel">Words for the control arm.</param>
internal sealed record OverlapPlot(string Key, OverlapHistogram Overlap, string TreatedLabel, string ControlLabel)
{
    private const double Width = 860;
    private const double Left = 74;
    private const double Right = 842;

    public string Draw()
    {
        var treated = Shares(Overlap.Treated);
        var control = Shares(Overlap.Control);
        var weighted = Shares(Overlap.ControlWeighted);
        var name = PlotText.Fit(ControlLabel, 560);
        var labels = new[] { TreatedLabel, $"{name}, as they are", $"{name}, weighted" };
        var top = PlotAxes.LegendHeight(Left, Right, labels) + 6;
        var bottom = top + 250;
        var svg = new SvgCanvas(Key, Width, bottom + 46, "Propensity scores by arm", $"Shares of {TreatedLabel} above, of {ControlLabel} below, by propensity score in {treated.Length} bins.");
        var above = AxisTicks.Widen(0, Math.Max(0.01, treated.Max()), 3).Maximum;
        var below = AxisTicks.Widen(0, Math.Max(0.01, control.Concat(weighted).Max()), 3).Maximum;
        var x = new PlotScale(0, 1, Left, Right);
        var y = new PlotScale(-below, above, bottom, top);
        PlotAxes.DrawY(svg, y, Left, Right, "Share of the arm", v => ReportNumbers.Short(Math.Round(100 * Math.Abs(v), 6)) + " %", 6);
        for (var i = 0; i < treated.Length; i++)
        {
            var (from, width) = (x[Overlap.Edges[i]], x[Overlap.Edges[i + 1]] - x[Overlap.Edges[i]]);
            svg.Rect(from + 0.5, y[treated[i]], width - 1, y[0] - y[treated[i]], "bar f-treated");
            svg.Rect(from + 0.5, y[0], width - 1, y[-control[i]] - y[0], "pale f-control");
            svg.Rect(from + (width * 0.25), y[0], width * 0.5, y[-weighted[i]] - y[0], "bar f-control");
        }

        svg.Line(Left, y[0], Right, y[0], "axis");
        PlotAxes.DrawX(svg, x, top, bottom, "Propensity score: probability of being in the treated arm", ReportNumbers.Short, 10, grid: false);
        PlotAxes.DrawLegend(svg, Left, Right, 0, [
            (labels[0], (a, b) => svg.Rect(a + 8, b - 6, 16, 12, "bar f-treated")),
            (labels[1], (a, b) => svg.Rect(a + 8, b - 6, 16, 12, "pale f-control")),
            (labels[2], (a, b) => svg.Rect(a + 8, b - 6, 16, 12, "bar f-control")),
        ]);
        return svg.ToString();
    }

    private static double[] Shares(double[] counts)
    {
        var sum = counts.Sum();
        return [.. counts.Select(c => sum > 0 ? c / sum : 0)];
    }
}
