using System.Globalization;
using System.Text;

namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>One inline SVG picture. Colours and fonts come from the page's style sheet by class, so that print and dark themes follow.</summary>
internal sealed class SvgCanvas
{
    private readonly StringBuilder _body = new();
    private readonly double _width;
    private readonly double _height;
    private readonly string _key;
    private readonly string _title;
    private readonly string _description;

    /// <param name="key">Unique in the page: letters, digits and hyphens.</param>
    /// <param name="width">Width in user units, 1 unit = 1 CSS pixel at full size.</param>
    /// <param name="height">Height in user units.</param>
    /// <param name="title">What the picture shows, for screen readers.</param>
    /// <param name="description">What is to be seen in it, with the numbers that matter.</param>
    public SvgCanvas(string key, double width, double height, string title, string description)
    {
        _key = key;
        _width = width;
        _height = height;
        _title = title;
        _description = description;
    }

    public void Line(double x1, double y1, double x2, double y2, string style) =>
        _body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{N(x1)}\" y1=\"{N(y1)}\" x2=\"{N(x2)}\" y2=\"{N(y2)}\" class=\"{style}\"/>\n");

    public void Rect(double x, double y, double width, double height, string style, double radius = 0) =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{N(x)}\" y=\"{N(y)}\" width=\"{N(Math.Max(0, width))}\" height=\"{N(Math.Max(0, height))}\"{(radius > 0 ? $" rx=\"{N(radius)}\"" : string.Empty)} class=\"{style}\"/>\n");

    public void Circle(double x, double y, double radius, string style) =>
        _body.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(x)}\" cy=\"{N(y)}\" r=\"{N(radius)}\" class=\"{style}\"/>\n");

    /// <summary>Connects points by straight lines; <paramref name="close"/> makes an area of it.</summary>
    public void Path(IEnumerable<(double X, double Y)> points, string style, bool close = false)
    {
        var data = new StringBuilder();
        foreach (var (x, y) in points)
        {
            data.Append(data.Length == 0 ? 'M' : 'L').Append(N(x)).Append(' ').Append(N(y));
        }

        _body.Append(CultureInfo.InvariantCulture, $"<path d=\"{data}{(close ? "Z" : string.Empty)}\" class=\"{style}\"/>\n");
    }

    /// <summary>One line of text; <paramref name="anchor"/> is start, middle or end.</summary>
    public void Text(double x, double y, string text, string style = "t", string anchor = "start") =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{N(x)}\" y=\"{N(y)}\" class=\"{style}\"{(anchor == "start" ? string.Empty : $" text-anchor=\"{anchor}\"")}>{HtmlText.Escape(text)}</text>\n");

    /// <summary>Text turned a quarter to the left around its middle, for the name of a vertical axis.</summary>
    public void TurnedText(double x, double y, string text, string style = "t") =>
        _body.Append(
            CultureInfo.InvariantCulture,
            $"<text transform=\"translate({N(x)} {N(y)}) rotate(-90)\" class=\"{style}\" text-anchor=\"middle\">{HtmlText.Escape(text)}</text>\n");

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
        <svg class="plot" role="img" viewBox="0 0 {N(_width)} {N(_height)}" style="max-width:{N(_width)}px" aria-labelledby="{_key}-title {_key}-desc">
        <title id="{_key}-title">{HtmlText.Escape(_title)}</title>
        <desc id="{_key}-desc">{HtmlText.Escape(_description)}</desc>
        {_body}</svg>

        """).ReplaceLineEndings("\n");

    private static string N(double value) => Math.Round(value, 2).ToString("0.##", CultureInfo.InvariantCulture);
}
