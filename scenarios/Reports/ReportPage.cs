using System.Text;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>Builds the page piece by piece. Whatever is passed as text is escaped here; only pictures go in as they are.</summary>
internal sealed class ReportPage
{
    private readonly StringBuilder _html = new();
    private int _figures;
    private int _tables;

    public void Section(string id, string title) => _html.Append("<section id=\"").Append(id).Append("\">\n<h2>").Append(HtmlText.Escape(title)).Append("</h2>\n");

    public void EndSection() => _html.Append("</section>\n");

    public void Heading(string text) => _html.Append("<h3>").Append(HtmlText.Escape(text)).Append("</h3>\n");

    public void Paragraph(string text, string style = "") =>
        _html.Append(style.Length == 0 ? "<p>" : $"<p class=\"{style}\">").Append(HtmlText.Escape(text)).Append("</p>\n");

    public void List(IEnumerable<string> items, string style = "")
    {
        _html.Append(style.Length == 0 ? "<ul>\n" : $"<ul class=\"{style}\">\n");
        foreach (var item in items)
        {
            _html.Append("<li>").Append(HtmlText.Escape(item)).Append("</li>\n");
        }

        _html.Append("</ul>\n");
    }

    /// <summary>Pairs of term and meaning.</summary>
    public void Terms(IEnumerable<(string Term, string Meaning)> terms, string style = "")
    {
        _html.Append(style.Length == 0 ? "<dl>\n" : $"<dl class=\"{style}\">\n");
        foreach (var (term, meaning) in terms)
        {
            _html.Append("<div><dt>").Append(HtmlText.Escape(term)).Append("</dt><dd>").Append(HtmlText.Escape(meaning)).Append("</dd></div>\n");
        }

        _html.Append("</dl>\n");
    }

    /// <summary>A numbered figure of one or more pictures.</summary>
    public void Figure(IEnumerable<string> pictures, string caption)
    {
        _html.Append("<figure>\n<div class=\"pictures\">\n").AppendJoin(string.Empty, pictures).Append("</div>\n<figcaption><b>Figure ")
            .Append(++_figures).Append(".</b> ").Append(HtmlText.Escape(caption)).Append("</figcaption>\n</figure>\n");
    }

    /// <summary>A numbered table; columns whose heading starts with '#' hold numbers and are set to the right.</summary>
    /// <param name="caption">What the table shows.</param>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">Cells of each row.</param>
    /// <param name="strong">Row numbers to set in bold.</param>
    public void Table(string caption, IReadOnlyList<string> columns, IEnumerable<IReadOnlyList<string>> rows, Func<int, bool>? strong = null)
    {
        _html.Append("<div class=\"table\"><table>\n<caption><b>Table ").Append(++_tables).Append(".</b> ").Append(HtmlText.Escape(caption)).Append("</caption>\n<thead><tr>");
        foreach (var column in columns)
        {
            _html.Append(Cell("th", column.TrimStart('#'), column, " scope=\"col\""));
        }

        _html.Append("</tr></thead>\n<tbody>\n");
        var row = 0;
        foreach (var cells in rows)
        {
            _html.Append(strong?.Invoke(row++) == true ? "<tr class=\"strong\">" : "<tr>");
            for (var i = 0; i < columns.Count; i++)
            {
                _html.Append(Cell("td", cells[i], columns[i], string.Empty));
            }

            _html.Append("</tr>\n");
        }

        _html.Append("</tbody></table></div>\n");
    }

    /// <summary>A part that the reader opens; printed open.</summary>
    public void Details(string summary, Action body)
    {
        _html.Append("<details><summary>").Append(HtmlText.Escape(summary)).Append("</summary>\n");
        body();
        _html.Append("</details>\n");
    }

    /// <summary>Markup made by this floor.</summary>
    public void Raw(string html) => _html.Append(html);

    public override string ToString() => _html.ToString();

    private static string Cell(string tag, string text, string column, string attributes) =>
        $"<{tag}{attributes}{(column.StartsWith('#') ? " class=\"n\"" : string.Empty)}>{HtmlText.Escape(text)}</{tag}>";
}
