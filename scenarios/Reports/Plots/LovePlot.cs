namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>One covariate of a love plot.</summary>
internal sealed record LoveRow(string Label, double Before, double After);

/// <summary>Absolute standardized mean differences before and after, with the customary limit of 0.1. Source: [Austin2009].</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Rows">Rows from the top.</param>
internal sealed record LovePlot(string Key, IReadOnlyList<LoveRow> Rows)
{
    private const double Width = 860;
    private const double Left = 300;
    private const double Right = 830;
    private const double RowHeight = 24;

    public string Draw()
    {
        const double top = 40;
        var bottom = top + (Rows.Count * RowHeight) + 6;
        var svg = new SvgCanvas(Key, Width, bottom + 46, "Balance of the covariates before and after weighting", Describe());
        var largest = Rows.SelectMany(r => new[] { r.Before, r.After }).Where(double.IsFinite).Select(Math.Abs).DefaultIfEmpty(0.1).Max();
        var x = new PlotScale(0, AxisTicks.Widen(0, Math.Max(0.2, largest), 6).Maximum, Left, Right);
        PlotAxes.DrawX(svg, x, top, bottom, "Absolute standardized mean difference", ReportNumbers.Short);
        PlotAxes.DrawLegend(svg, Left, Right, 2, [("before", (a, b) => svg.Circle(a + 18, b, 4.5, "dot-before")), ("after", (a, b) => svg.Circle(a + 18, b, 4.5, "f-primary")), ("limit 0.1", (a, b) => svg.Line(a + 4, b, a + 26, b, "truth"))]);
        svg.Line(x[0.1], top, x[0.1], bottom, "truth");
        for (var i = 0; i < Rows.Count; i++)
        {
            var y = top + ((i + 0.5) * RowHeight) + 3;
            var row = Rows[i];
            svg.Text(Left - 12, y + 4, PlotText.Wrap(row.Label, Left - 14)[0], "t", "end");
            if (double.IsFinite(row.Before) && double.IsFinite(row.After))
            {
                svg.Line(x[Math.Abs(row.Before)], y, x[Math.Abs(row.After)], y, "join");
            }

            Dot(svg, x, row.Before, y, "dot-before");
            Dot(svg, x, row.After, y, "f-primary");
        }

        return svg.ToString();
    }

    private static void Dot(SvgCanvas svg, PlotScale x, double difference, double y, string style)
    {
        if (double.IsFinite(difference))
        {
            svg.Circle(x[Math.Abs(difference)], y, 4.5, style);
        }
    }

    private string Describe() => string.Join(
        "; ", Rows.Select(r => $"{r.Label}: {ReportNumbers.Fixed(Math.Abs(r.Before), 2)} before, {ReportNumbers.Fixed(Math.Abs(r.After), 2)} after"));
}
