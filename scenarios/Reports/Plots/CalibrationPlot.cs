using DigitalTwin.Models;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Predicted against observed by groups of predicted risk; the diagonal is perfect calibration.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Title">The arm checked.</param>
/// <param name="Points">Groups, ascending.</param>
/// <param name="Quantity">What is predicted, e.g. "risk at 5 years".</param>
/// <param name="IsProbability">True for risks, shown in per cent from 0 to 100.</param>
/// <param name="Style">Style class of the arm.</param>
internal sealed record CalibrationPlot(
    string Key, string Title, IReadOnlyList<CalibrationPoint> Points, string Quantity, bool IsProbability, string Style)
{
    private const double Size = 420;
    private const double Left = 72;

    public string Draw()
    {
        const double top = 30;
        const double side = Size - Left - 24;
        var svg = new SvgCanvas(Key, Size, top + side + 46, $"Calibration, {Title}", Describe());
        var values = Points.SelectMany(p => new[] { p.Predicted, p.Observed, p.Lower, p.Upper }).Where(double.IsFinite).ToArray();
        var (minimum, maximum) = IsProbability ? (0.0, 1.0) : AxisTicks.Widen(values.Min(), values.Max(), 5);
        var x = new PlotScale(minimum, maximum, Left, Left + side);
        var y = new PlotScale(minimum, maximum, top + side, top);
        svg.Text(Left, 16, PlotText.Wrap(Title, side)[0], "tb");
        PlotAxes.DrawY(svg, y, Left, Left + side, $"Observed {Quantity}", Label);
        PlotAxes.DrawX(svg, x, top, top + side, $"Predicted {Quantity}", Label, 5);
        svg.Line(x[minimum], y[minimum], x[maximum], y[maximum], "diagonal");
        foreach (var point in Points)
        {
            if (double.IsFinite(point.Lower) && double.IsFinite(point.Upper))
            {
                svg.Line(x[point.Predicted], y[point.Lower], x[point.Predicted], y[point.Upper], $"whisker s-{Style}");
            }

            svg.Circle(x[point.Predicted], y[point.Observed], 5, $"f-{Style}");
        }

        return svg.ToString();
    }

    private string Label(double value) => IsProbability ? ReportNumbers.Short(Math.Round(100 * value, 6)) + " %" : ReportNumbers.Short(value);

    private string Describe() => string.Join("; ", Points.Select(p => $"predicted {Label(Math.Round(p.Predicted, 3))}, observed {Label(Math.Round(p.Observed, 3))} ({p.SubjectCount} subjects)"));
}
