namespace DigitalTwin.Vocabulary;

/// <summary>Which UCUM code a writer probably meant.</summary>
internal static class UcumSuggestions
{
    private static readonly Dictionary<string, string> _familiar = new(StringComparer.OrdinalIgnoreCase)
    {
        ["mcg"] = "ug",
        ["µg"] = "ug",
        ["μg"] = "ug",
        ["mmHg"] = "mm[Hg]",
        ["mm Hg"] = "mm[Hg]",
        ["cmH2O"] = "cm[H2O]",
        ["IU"] = "[IU]",
        ["IU/L"] = "[IU]/L",
        ["IU/mL"] = "[IU]/mL",
        ["mIU/mL"] = "m[IU]/mL",
        ["degC"] = "Cel",
        ["°C"] = "Cel",
        ["degF"] = "[degF]",
        ["°F"] = "[degF]",
        ["year"] = "a",
        ["years"] = "a",
        ["yr"] = "a",
        ["y"] = "a",
        ["month"] = "mo",
        ["months"] = "mo",
        ["week"] = "wk",
        ["weeks"] = "wk",
        ["day"] = "d",
        ["days"] = "d",
        ["hour"] = "h",
        ["hours"] = "h",
        ["hr"] = "h",
        ["minute"] = "min",
        ["minutes"] = "min",
        ["sec"] = "s",
        ["second"] = "s",
        ["seconds"] = "s",
        ["cc"] = "mL",
        ["lb"] = "[lb_av]",
        ["lbs"] = "[lb_av]",
        ["oz"] = "[oz_av]",
        ["inch"] = "[in_i]",
        ["in"] = "[in_i]",
        ["ft"] = "[ft_i]",
        ["pH"] = "[pH]",
        ["ppm"] = "[ppm]",
        ["percent"] = "%",
        ["bpm"] = "/min",
        ["mEq"] = "meq",
        ["count"] = "1",
        ["none"] = "1",
        ["ratio"] = "1",
        ["kcal/day"] = "kcal/d",
    };

    /// <summary>For a whole text that is written in a familiar way, or null.</summary>
    public static string? ForWord(string text) => _familiar.GetValueOrDefault(text);

    /// <summary>For one symbol of a code: a familiar writing, another case, missing brackets, or one letter off; or null.</summary>
    public static string? ForSymbol(string symbol) =>
        _familiar.GetValueOrDefault(symbol) ?? NearestName.Find(symbol, UcumTable.Symbols());
}
