using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Survival curves with pointwise limits and the table of subjects at risk under the same axis.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Curves">Curves in legend order, each with a style class: treated, control, twin, reveal or faint.</param>
/// <param name="Quantity">Name of the vertical axis.</param>
/// <param name="TimeName">Name of the horizontal axis with its unit.</param>
/// <param name="InUnit">Carries days to the unit of the axis.</param>
/// <param name="HorizonDays">End of the axis.</param>
internal sealed record SurvivalPlot(
    string Key, IReadOnlyList<(SurvivalCurve Curve, string Style)> Curves, string Quantity, string TimeName, Func<double, double> InUnit, double HorizonDays)
{
    private const double Width = 860;
    private const double Left = 178;
    private const double Right = 842;
    private const double Height = 330;

    public string Draw()
    {
        var labels = Curves.Select(c => c.Curve.Label).ToArray();
        var top = PlotAxes.LegendHeight(70, Right, labels) + 8;
        var bottom = top + Height;
        var table = Curves.Where(c => c.Curve.RiskTable.Count > 0).ToArray();
        var rows = table.Select(t => PlotText.Wrap(t.Curve.Label, Left - 34)).ToArray();
        var height = bottom + 46 + (table.Length == 0 ? 0 : 26 + rows.Sum(RowHeight));
        var svg = new SvgCanvas(Key, Width, height, $"{Quantity} over time", Describe());
        var x = new PlotScale(0, InUnit(HorizonDays), Left, Right);
        var y = new PlotScale(0, 1, bottom, top);
        PlotAxes.DrawY(svg, y, Left, Right, Quantity, v => ReportNumbers.Short(100 * v) + " %");
        PlotAxes.DrawX(svg, x, top, bottom, TimeName, ReportNumbers.Short, wanted: 8, grid: false, Ticks());
        PlotAxes.DrawLegend(svg, 70, Right, 0, [.. Curves.Select(c => (c.Curve.Label, Sample(svg, c.Style)))]);
        foreach (var (curve, style) in Curves)
        {
            DrawBand(svg, x, y, curve, style);
        }

        foreach (var (curve, style) in Curves)
        {
            svg.Path(Points(curve, curve.Survival).Select(p => (x[p.Time], y[p.Value])), $"curve s-{style}");
        }

        if (table.Length > 0)
        {
            DrawRiskTable(svg, x, table, rows, bottom + 62);
        }

        return svg.ToString();
    }

    /// <summary>Times of the risk table, so that its numbers stand under their ticks; null without a table.</summary>
    private IReadOnlyList<double>? Ticks() => Curves.FirstOrDefault(c => c.Curve.RiskTable.Count > 1).Curve is { } curve
        ? [.. curve.RiskTable.Where(e => e.Day <= HorizonDays * (1 + 1e-9)).Select(e => Math.Round(InUnit(e.Day), 2))]
        : null;

    private static double RowHeight(IReadOnlyList<string> lines) => (lines.Count * PlotText.LineHeight) + 5;

    private static Action<double, double> Sample(SvgCanvas svg, string style) => (x, y) => svg.Line(x, y, x + 26, y, $"curve s-{style}");

    private void DrawBand(SvgCanvas svg, PlotScale x, PlotScale y, SurvivalCurve curve, string style)
    {
        if (curve.Lower is not { } lower || curve.Upper is not { } upper || style == "faint")
        {
            return;
        }

        var edge = Points(curve, upper).Concat(Points(curve, lower).Reverse());
        svg.Path(edge.Select(p => (x[p.Time], y[p.Value])), $"band f-{style}", close: true);
    }

    /// <summary>Corners of the curve to the horizon: steps for estimates, straight lines for forecasts.</summary>
    private IEnumerable<(double Time, double Value)> Points(SurvivalCurve curve, double[] values)
    {
        var last = 1.0;
        yield return (0, 1);
        for (var i = 0; i < values.Length && curve.Days[i] <= HorizonDays; i++)
        {
            if (!double.IsFinite(values[i]))
            {
                continue;
            }

            if (curve.Kind != CurveKind.TwinPredicted)
            {
                yield return (InUnit(curve.Days[i]), last);
            }

            last = values[i];
            yield return (InUnit(curve.Days[i]), last);
        }

        if (curve.Kind != CurveKind.TwinPredicted && curve.Days.Length > 0 && curve.Days[^1] >= HorizonDays)
        {
            yield return (InUnit(HorizonDays), last);
        }
    }

    private void DrawRiskTable(SvgCanvas svg, PlotScale x, (SurvivalCurve Curve, string Style)[] table, IReadOnlyList<string>[] rows, double top)
    {
        svg.Text(0, top, "At risk", "tb");
        var y = top + 20;
        for (var i = 0; i < table.Length; i++)
        {
            svg.Line(0, y - 9, 0, y - 9 + ((rows[i].Count - 1) * PlotText.LineHeight) + 11, $"key s-{table[i].Style}");
            for (var line = 0; line < rows[i].Count; line++)
            {
                svg.Text(9, y + (line * PlotText.LineHeight), rows[i][line], "t");
            }

            var free = double.NegativeInfinity;
            foreach (var entry in table[i].Curve.RiskTable.Where(e => e.Day <= HorizonDays * (1 + 1e-9)))
            {
                var text = ReportNumbers.Count(entry.AtRisk);
                var at = x[InUnit(entry.Day)];
                if (at - (PlotText.Width(text) / 2) > free)
                {
                    svg.Text(at, y, text, "t", "middle");
                    free = at + (PlotText.Width(text) / 2) + 6;
                }
            }

            y += RowHeight(rows[i]);
        }
    }

    private string Describe() => string.Join("; ", Curves.Select(c =>
    {
        var last = Array.FindLastIndex(c.Curve.Days, d => d <= HorizonDays);
        return last < 0 ? c.Curve.Label : $"{c.Curve.Label}: {ReportNumbers.Percent(c.Curve.Survival[last])} at {ReportNumbers.Short(Math.Round(InUnit(c.Curve.Days[last]), 2))}";
    }));
}
