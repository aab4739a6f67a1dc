using System.Text;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>Makes text from outside safe inside HTML elements, attributes in double quotes, and inline SVG.</summary>
internal static class HtmlText
{
    /// <summary>Replaces the characters HTML gives a meaning to, and drops control characters that no HTML may hold.</summary>
    public static string Escape(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        var escaped = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            _ = c switch
            {
                '&' => escaped.Append("&amp;"),
                '<' => escaped.Append("&lt;"),
                '>' => escaped.Append("&gt;"),
                '"' => escaped.Append("&quot;"),
                '\'' => escaped.Append("&#39;"),
                '\r' or '\n' or '\t' => escaped.Append(' '),
                _ when char.IsControl(c) => escaped,
                _ => escaped.Append(c),
            };
        }

        return escaped.ToString();
    }
}
