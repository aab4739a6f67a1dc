namespace DigitalTwin.Vocabulary;

/// <summary>Which UCUM code a writer probably meant.</summary>
internal static class UcumSuggestions
{
    private static readonly Dictionary<string, string> _familiar = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mcg"] = "ug", ["µg"] = "ug", ["μg"] = "ug", ["mmHg"] = "mm[Hg]", ["mm Hg"] = "mm[Hg]", ["cmH2O"] = "cm[H2O]", ["IU"] = "[IU]",
        ["IU/L"] = "[IU]/L", ["IU/mL"] = "[IU]/mL", ["mIU/mL"] = "m[IU]/mL", ["degC"] = "Cel", ["°C"] = "Cel", ["degF"] = "[degF]", ["°F"] = "[degF]",
        ["year"] = "a", ["years"] = "a", ["yr"] = "a", ["y"] = "a", ["month"] = "mo", ["months"] = "mo", ["week"] = "wk", ["weeks"] = "wk",
        ["day"] = "d", ["days"] = "d", ["hour"] = "h", ["hours"] = "h", ["hr"] = "h", ["minute"] = "min", ["minutes"] = "min", ["sec"] = "s",
        ["second"] = "s", ["seconds"] = "s", ["cc"] = "mL", ["lb"] = "[lb_av]", ["lbs"] = "[lb_av]", ["oz"] = "[oz_av]", ["inch"] = "[in_i]",
        ["in"] = "[in_i]", ["ft"] = "[ft_i]", ["pH"] = "[pH]", ["ppm"] = "[ppm]", ["percent"] = "%", ["bpm"] = "/min", ["mEq"] = "meq",
        ["count"] = "1", ["none"] = "1", ["ratio"] = "1", ["kcal/day"] = "kcal/d",
    };

    /// <summary>For a whole text that is written in a familiar way, or null.</summary>
    public static string? ForWord(string text) => _familiar.GetValueOrDefault(text);

    /// <summary>For one symbol of a code: a familiar writing, another case, missing brackets, or one letter off; or null.</summary>
    public static string? ForSymbol(string symbol)
    {
        if (_familiar.TryGetValue(symbol, out var familiar))
        {
            return familiar;
        }

        return UcumTable.Symbols()
            .Select(s => (Symbol: s, Distance: Distance(symbol, s)))
            .Where(c => c.Distance < Math.Max(2, symbol.Length / 2))
            .OrderBy(c => c.Distance).ThenBy(c => c.Symbol, StringComparer.Ordinal)
            .Select(c => c.Symbol)
            .FirstOrDefault();
    }

    // Letters that differ, ignoring case, after brackets are dropped; a difference in case or brackets counts half a letter.
    private static double Distance(string left, string right)
    {
        var letters = EditDistance(left.Trim('[', ']').ToUpperInvariant(), right.Trim('[', ']').ToUpperInvariant());
        return letters + (left == right ? 0 : 0.5);
    }

    private static int EditDistance(string left, string right)
    {
        var previous = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var current = new int[right.Length + 1];
            current[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var substituted = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(substituted, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[^1];
    }
}
