namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>One line of a forest plot.</summary>
/// <param name="Label">Name of the method.</param>
/// <param name="Detail">Smaller words under it, e.g. the effective sample size; may be empty.</param>
/// <param name="Value">Estimate.</param>
/// <param name="Lower">Lower limit.</param>
/// <param name="Upper">Upper limit.</param>
/// <param name="Figures">The numbers as text.</param>
/// <param name="Style">Style class of the mark: <c>primary</c>, <c>other</c> or <c>reveal</c>.</param>
internal sealed record ForestRow(string Label, string Detail, double Value, double Lower, double Upper, string Figures, string Style);

/// <summary>Estimates of one measure by every method, with the revealed truth as a dashed line.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Measure">Name of the horizontal axis.</param>
/// <param name="FiguresHeader">Heading over the numbers.</param>
/// <param name="Rows">Rows from the top; at least one is finite.</param>
/// <param name="Logarithmic">True for ratios.</param>
/// <param name="FavoursLeft">Words for the left side of no effect.</param>
/// <param name="FavoursRight">Words for the right side of no effect.</param>
/// <param name="Truth">Value with the real control arm, or null.</param>
/// <param name="Label">Text of a tick.</param>
internal sealed record ForestPlot(
    string Key,
    string Measure,
    string FiguresHeader,
    IReadOnlyList<ForestRow> Rows,
    bool Logarithmic,
    string FavoursLeft,
    string FavoursRight,
    double? Truth,
    Func<double, string> Label)
{
    private const double Width = 860;
    private const double Top = 34;
    private const double LabelWidth = 265;

    public string Draw()
    {
        var labels = Rows.Select(r => PlotText.Wrap(r.Label, LabelWidth)).ToArray();
        var bottom = Top + Rows.Select((r, i) => RowHeight(r, labels[i])).Sum() + 6;
        var figures = Rows.Max(r => PlotText.Width(r.Figures)) + 16;
        var x = Scale(LabelWidth + 16, Width - figures - 18);
        var svg = new SvgCanvas(
            Key, Width, bottom + 66, $"Forest plot: {Measure}", string.Join("; ", Rows.Select(r => $"{r.Label}: {r.Figures}")));
        svg.Text(0, 18, "Method", "tm");
        svg.Text(Width, 18, FiguresHeader, "tm", "end");
        svg.Line(0, Top - 6, Width, Top - 6, "rule");
        PlotAxes.DrawX(svg, x, Top, bottom, Measure, Label);
        var none = Logarithmic ? 1.0 : 0.0;
        if (x.Holds(none))
        {
            svg.Line(x[none], Top - 6, x[none], bottom, "noeffect");
            DrawSides(svg, x, none, bottom + 58);
        }

        if (Truth is { } truth)
        {
            svg.Line(x[truth], Top - 6, x[truth], bottom, "truth");
        }

        var top = Top;
        for (var i = 0; i < Rows.Count; i++)
        {
            DrawRow(svg, x, Rows[i], labels[i], top);
            top += RowHeight(Rows[i], labels[i]);
        }

        return svg.ToString();
    }

    private void DrawSides(SvgCanvas svg, PlotScale x, double none, double y)
    {
        if (x[none] - x.From > 30)
        {
            svg.Text(Math.Max(x[none] - 12, PlotText.Width(FavoursLeft) + 24), y, "← " + FavoursLeft, "tm", "end");
        }

        if (x.To - x[none] > 30)
        {
            svg.Text(Math.Min(x[none] + 12, Width - PlotText.Width(FavoursRight) - 24), y, FavoursRight + " →", "tm");
        }
    }

    private static double RowHeight(ForestRow row, IReadOnlyList<string> label) =>
        ((label.Count + (row.Detail.Length > 0 ? 1 : 0)) * PlotText.LineHeight) + 10;

    private static void DrawRow(SvgCanvas svg, PlotScale x, ForestRow row, IReadOnlyList<string> label, double top)
    {
        var strong = row.Style == "primary";
        for (var i = 0; i < label.Count; i++)
        {
            svg.Text(0, top + 16 + (i * PlotText.LineHeight), label[i], strong ? "tb" : "t");
        }

        svg.Text(0, top + 16 + (label.Count * PlotText.LineHeight), row.Detail, "ts");
        DrawMark(svg, x, row, top + (RowHeight(row, label) / 2), strong);
    }

    private static void DrawMark(SvgCanvas svg, PlotScale x, ForestRow row, double y, bool strong)
    {
        svg.Text(Width, y + 4, row.Figures, strong ? "tb" : "t", "end");
        if (!double.IsFinite(row.Value))
        {
            return;
        }

        if (double.IsFinite(row.Lower) && double.IsFinite(row.Upper))
        {
            svg.Line(x[row.Lower], y, x[row.Upper], y, $"whisker s-{row.Style}");
            DrawEnd(svg, x, row.Lower, y, row.Style, 1);
            DrawEnd(svg, x, row.Upper, y, row.Style, -1);
        }

        if (strong)
        {
            svg.Path([(x[row.Value] - 8, y), (x[row.Value], y - 8), (x[row.Value] + 8, y), (x[row.Value], y + 8)], "f-primary", close: true);
        }
        else
        {
            svg.Rect(x[row.Value] - 5, y - 5, 10, 10, $"f-{row.Style}");
        }
    }

    /// <summary>A small stop where the interval ends, an arrow where it leaves the axis.</summary>
    private static void DrawEnd(SvgCanvas svg, PlotScale x, double limit, double y, string style, int inwards)
    {
        var end = x[limit];
        if (x.Holds(limit))
        {
            svg.Line(end, y - 4, end, y + 4, $"whisker s-{style}");
        }
        else
        {
            svg.Path([(end + (6 * inwards), y - 5), (end, y), (end + (6 * inwards), y + 5)], $"whisker s-{style}");
        }
    }

    private PlotScale Scale(double from, double to)
    {
        var none = Logarithmic ? 1.0 : 0.0;
        var values = Rows.SelectMany(r => new[] { r.Value, r.Lower, r.Upper }).Append(none).Append(Truth ?? none)
            .Where(v => double.IsFinite(v) && (!Logarithmic || v > 0)).ToArray();
        if (Logarithmic)
        {
            // A wild interval must not flatten the others: arrows show what leaves a hundredfold range.
            return new PlotScale(Math.Max(0.01, values.Min() / 1.12), Math.Min(100, values.Max() * 1.12), from, to, true);
        }

        var span = Math.Max(values.Max() - values.Min(), 1e-9);
        return new PlotScale(values.Min() - (0.06 * span), values.Max() + (0.06 * span), from, to);
    }
}
