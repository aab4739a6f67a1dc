using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Each subject's forecast difference with its interval, sorted: a waterfall whose colours say how sure the twins are.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Subjects">Subjects in any order, at least one.</param>
/// <param name="YName">Name of the vertical axis.</param>
/// <param name="InPercent">True when differences are fractions, shown in percentage points.</param>
/// <param name="HigherIsBetter">True when a positive difference is benefit.</param>
internal sealed record ResponsePlot(string Key, IReadOnlyList<SubjectResponse> Subjects, string YName, bool InPercent, bool HigherIsBetter)
{
    private const double Width = 860;
    private const double Left = 84;
    private const double Right = 842;
    private const double Top = 34;

    public string Draw()
    {
        const double bottom = Top + 290;
        var sorted = Subjects.OrderByDescending(s => HigherIsBetter ? s.Difference : -s.Difference).ThenBy(s => s.Subject).ToArray();
        var svg = new SvgCanvas(Key, Width, bottom + 30, "Forecast response of each subject", Describe(sorted));
        var factor = InPercent ? 100 : 1;
        var values = sorted.SelectMany(s => new[] { s.Lower * factor, s.Upper * factor, s.Difference * factor }).Where(double.IsFinite).Append(0).ToArray();
        var (minimum, maximum) = AxisTicks.Widen(values.Min(), values.Max(), 6);
        var y = new PlotScale(minimum, maximum, bottom, Top);
        PlotAxes.DrawY(svg, y, Left, Right, YName, v => (v > 0 ? "+" : string.Empty) + ReportNumbers.Short(v), 6);
        var step = (Right - Left) / sorted.Length;
        for (var i = 0; i < sorted.Length; i++)
        {
            var x = Left + ((i + 0.5) * step);
            var subject = sorted[i];
            var style = StyleOf(subject.Class);
            svg.Line(x, y[subject.Lower * factor], x, y[subject.Upper * factor], $"hair s-{style}");
            svg.Circle(x, y[subject.Difference * factor], Math.Clamp(step / 2.2, 1.4, 4), $"f-{style}");
        }

        svg.Line(Left, y[0], Right, y[0], "noeffect");
        svg.Text((Left + Right) / 2, bottom + 20, $"{sorted.Length} subjects, most benefit first", "t", "middle");
        PlotAxes.DrawLegend(svg, Left, Right, 0, [
            ("likely benefit", (a, b) => svg.Circle(a + 18, b, 5, "f-benefit")),
            ("unclear", (a, b) => svg.Circle(a + 18, b, 5, "f-unclear")),
            ("likely harm", (a, b) => svg.Circle(a + 18, b, 5, "f-harm")),
        ]);
        return svg.ToString();
    }

    private static string StyleOf(ResponseClass responseClass) => responseClass switch
    {
        ResponseClass.LikelyBenefit => "benefit",
        ResponseClass.LikelyHarm => "harm",
        _ => "unclear",
    };

    private static string Describe(SubjectResponse[] sorted) =>
        $"{sorted.Count(s => s.Class == ResponseClass.LikelyBenefit)} likely benefit, {sorted.Count(s => s.Class == ResponseClass.Unclear)} unclear, {sorted.Count(s => s.Class == ResponseClass.LikelyHarm)} likely harm.";
}
