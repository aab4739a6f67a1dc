namespace DigitalTwin.Scenarios.Reports.Plots;

/// <summary>Room that text takes, so that no label runs over another. Widths are those of common sans-serif faces, rounded up.</summary>
internal static class PlotText
{
    /// <summary>Size of plot text, pixels.</summary>
    public const double FontSize = 12.5;

    /// <summary>Distance between the lines of a wrapped label, pixels.</summary>
    public const double LineHeight = 15;

    /// <summary>Width of a text in pixels, from above.</summary>
    public static double Width(string text)
    {
        var em = 0.0;
        foreach (var c in text)
        {
            em += c switch
            {
                'i' or 'j' or 'l' or 't' or 'f' or 'r' or 'I' or '.' or ',' or ':' or ';' or '\'' or '|' or ' ' or '(' or ')' or '-' => 0.37,
                'm' or 'w' or 'M' or 'W' or '%' or '@' => 0.92,
                >= 'A' and <= 'Z' => 0.71,
                > '\u2E80' => 1.05,
                _ => 0.61,
            };
        }

        return em * FontSize;
    }

    /// <summary>Breaks a text into lines no wider than <paramref name="maximumWidth"/>; a word too long for a line is cut by an ellipsis.</summary>
    public static IReadOnlyList<string> Wrap(string text, double maximumWidth)
    {
        var lines = new List<string>();
        var line = string.Empty;
        foreach (var word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var longer = line.Length == 0 ? word : $"{line} {word}";
            if (line.Length > 0 && Width(longer) > maximumWidth)
            {
                lines.Add(line);
                longer = word;
            }

            line = Fit(longer, maximumWidth);
        }

        lines.Add(line);
        return lines;
    }

    /// <summary>The text, cut by an ellipsis when it is wider than <paramref name="maximumWidth"/>.</summary>
    public static string Fit(string text, double maximumWidth)
    {
        var fitted = text;
        while (fitted.Length > 1 && Width(fitted) > maximumWidth)
        {
            fitted = fitted.TrimEnd('…')[..^1] + "…";
        }

        return fitted;
    }
}
