using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>How each population came about: subjects at the start, every exclusion to the right, subjects analysed at the end.</summary>
/// <param name="Key">Unique in the page.</param>
/// <param name="Flow">The population.</param>
/// <param name="Title">Words for the arm it feeds.</param>
/// <param name="Source">Words for the cohort it starts from.</param>
/// <param name="Style">Style class of the arm.</param>
internal sealed record FlowDiagram(string Key, PopulationFlow Flow, string Title, string Source, string Style)
{
    private const double Width = 420;
    private const double TrunkWidth = 168;
    private const double SideLeft = 200;
    private const double Padding = 9;

    public string Draw()
    {
        var sides = Flow.Steps.Select(s => Lines($"{ReportNumbers.Count(s.Excluded)} excluded, not meeting: {s.Reason} ({ReportNumbers.Count(s.Remaining)} left)", Width - SideLeft)).ToArray();
        var start = Lines($"{Source}: {ReportNumbers.Count(Flow.StartCount)}", TrunkWidth);
        var end = Lines($"Analysed: {ReportNumbers.Count(Flow.FinalCount)}", TrunkWidth);
        var height = 30 + BoxHeight(start) + sides.Sum(s => BoxHeight(s) + 16) + 22 + BoxHeight(end) + 2;
        var svg = new SvgCanvas(Key, Width, height, $"Flow of subjects, {Title}", Describe());
        svg.Text(0, 15, PlotText.Wrap(Title, Width)[0], "tb");
        var y = 26.0;
        Box(svg, 0, y, TrunkWidth, start, "box");
        y += BoxHeight(start);
        foreach (var side in sides)
        {
            var middle = y + 12 + (BoxHeight(side) / 2);
            svg.Line(TrunkWidth / 2, y, TrunkWidth / 2, y + 16 + BoxHeight(side), "axis");
            Arrow(svg, TrunkWidth / 2, middle, SideLeft, middle);
            Box(svg, SideLeft, y + 12, Width - SideLeft, side, "box side");
            y += BoxHeight(side) + 16;
        }

        Arrow(svg, TrunkWidth / 2, y, TrunkWidth / 2, y + 22);
        Box(svg, 0, y + 22, TrunkWidth, end, $"box final s-{Style}");
        return svg.ToString();
    }

    private static IReadOnlyList<string> Lines(string text, double width) => PlotText.Wrap(text, width - (2 * Padding));

    private static double BoxHeight(IReadOnlyList<string> lines) => (lines.Count * PlotText.LineHeight) + (2 * Padding) - 3;

    private static void Box(SvgCanvas svg, double x, double y, double width, IReadOnlyList<string> lines, string style)
    {
        svg.Rect(x + 1, y, width - 2, BoxHeight(lines), style, 4);
        for (var i = 0; i < lines.Count; i++)
        {
            svg.Text(x + Padding, y + Padding + 10 + (i * PlotText.LineHeight), lines[i], style.Contains("final", StringComparison.Ordinal) ? "tb" : "t");
        }
    }

    private static void Arrow(SvgCanvas svg, double x1, double y1, double x2, double y2)
    {
        svg.Line(x1, y1, x2, y2, "axis");
        svg.Path(x1 == x2 ? [(x2 - 4, y2 - 6), (x2, y2), (x2 + 4, y2 - 6)] : [(x2 - 6, y2 - 4), (x2, y2), (x2 - 6, y2 + 4)], "arrow", close: true);
    }

    private string Describe() =>
        $"{Flow.StartCount} subjects in {Source}; {string.Join("; ", Flow.Steps.Select(s => $"{s.Excluded} excluded ({s.Reason}), {s.Remaining} left"))}; {Flow.FinalCount} analysed.";
}
