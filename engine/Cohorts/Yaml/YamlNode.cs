using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Yaml;

/// <summary>One node of a YAML document, with the place of its first character. Immutable.</summary>
public abstract class YamlNode(TextLocation location)
{
    public TextLocation Location { get; } = location;

    /// <summary>What kind of node this is, in words for a fault: "a list", "a mapping", "text", "a number" ...</summary>
    public abstract string KindInWords { get; }
}

/// <summary>Text, a number, true or false, or nothing.</summary>
/// <param name="text">The value after YAML escapes and folding.</param>
/// <param name="isPlain">True when it stands without quotes, so that it may be read as a number, a boolean or null.</param>
/// <param name="location">Where it starts.</param>
/// <param name="isBlock">True when it is a block (<c>|</c> or <c>></c>) or runs over several lines, so that columns inside it cannot be told.</param>
public sealed class YamlScalar(string text, bool isPlain, TextLocation location, bool isBlock = false) : YamlNode(location)
{
    private const NumberStyles NumberStyle = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;

    public string Text { get; } = text;

    public bool IsPlain { get; } = isPlain;

    public bool IsBlock { get; } = isBlock;

    /// <summary>True for an empty plain value, <c>~</c> and <c>null</c>.</summary>
    public bool IsNull => IsPlain && (Text is "" or "~" or "null");

    public override string KindInWords =>
        IsNull ? "empty"
        : TryGetNumber(out _) ? "a number"
        : TryGetBoolean(out _) ? "a boolean"
        : "text";

    /// <summary>Reads a finite decimal number; quoted text, <c>.nan</c>, <c>.inf</c>, hexadecimal and octal are not numbers.</summary>
    public bool TryGetNumber(out double number)
    {
        number = double.NaN;
        return IsPlain
            && double.TryParse(Text, NumberStyle, CultureInfo.InvariantCulture, out number)
            && double.IsFinite(number);
    }

    /// <summary>Reads a whole number that fits 64 bits.</summary>
    public bool TryGetInteger(out long number)
    {
        number = 0;
        return IsPlain && long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>Reads <c>true</c> or <c>false</c> (YAML 1.2 core schema; <c>yes</c>, <c>no</c>, <c>on</c> and <c>off</c> are text).</summary>
    public bool TryGetBoolean(out bool value)
    {
        value = IsPlain && Text is "true";
        return IsPlain && Text is ("true" or "false");
    }

    public override string ToString() => Text;
}

/// <summary>A list of nodes.</summary>
public sealed class YamlSequence(IReadOnlyList<YamlNode> items, TextLocation location) : YamlNode(location)
{
    public IReadOnlyList<YamlNode> Items { get; } = items;

    public override string KindInWords => "a list";
}

/// <summary>A key of a mapping and its value.</summary>
public sealed record YamlEntry(YamlScalar Key, YamlNode Value);

/// <summary>Keys and values in the order of the file; every key once.</summary>
public sealed class YamlMapping : YamlNode
{
    private readonly Dictionary<string, YamlEntry> _byKey;

    /// <exception cref="ArgumentException">A key stands twice.</exception>
    public YamlMapping(IReadOnlyList<YamlEntry> entries, TextLocation location)
        : base(location)
    {
        Entries = entries;
        _byKey = entries.ToDictionary(e => e.Key.Text, StringComparer.Ordinal);
    }

    public IReadOnlyList<YamlEntry> Entries { get; }

    public override string KindInWords => "a mapping";

    public bool Contains(string key) => _byKey.ContainsKey(key);

    public bool TryGet(string key, [NotNullWhen(true)] out YamlNode? value)
    {
        value = _byKey.TryGetValue(key, out var entry) ? entry.Value : null;
        return value is not null;
    }
}
