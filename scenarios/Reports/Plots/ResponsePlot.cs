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
    private const int MostDrawn = 500;

    public string Draw()
    {
        const double bottom = Top + 290;
        var all = Subjects.OrderByDescending(s => HigherIsBetter ? s.Difference : -s.Difference).ThenBy(s => s.Subject).ToArray();
        var sorted = Thin(all);
        var svg = new SvgCanvas(Key, Width, bottom + 30, "Forecast response of each subject", Describe(all));
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
        svg.Text((Left + Right) / 2, bottom + 20, sorted.Length == all.Length ? $"{all.Length} subjects, most benefit first" : $"{sorted.Length} of {all.Length} subjects, evenly chosen, most benefit first", "t", "middle");
        PlotAxes.DrawLegend(svg, Left, Right, 0, [
            ("likely benefit", (a, b) => svg.Circle(a + 18, b, 5, "f-benefit")),
            ("unclear", (a, b) => svg.Circle(a + 18, b, 5, "f-unclear")),
            ("likely harm", (a, b) => svg.Circle(a + 18, b, 5, "f-harm")),
        ]);
        return svg.ToString();
    }

    /// <summary>At most as many subjects as can be told apart, evenly chosen along the order.</summary>
    private static SubjectResponse[] Thin(SubjectResponse[] sorted) => sorted.Length <= MostDrawn
        ? sorted
        : [.. Enumerable.Range(0, MostDrawn).Select(i => sorted[(int)((long)i * (sorted.Length - 1) / (MostDrawn - 1))])];

    private static string StyleOf(ResponseClass responseClass) => responseClass switch
    {
        ResponseClass.LikelyBenefit => "benefit",
        ResponseClass.LikelyHarm => "harm",
        _ => "unclear",
    };

    private static string Describe(SubjectResponse[] sorted) =>
        $"{sorted.Count(s => s.Class == ResponseClass.LikelyBenefit)} likely benefit, {sorted.Count(s => s.Class == ResponseClass.Unclear)} unclear, {sorted.Count(s => s.Class == ResponseClass.LikelyHarm)} likely harm.";
}
