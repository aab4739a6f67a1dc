using System.Diagnostics.CodeAnalysis;

namespace DigitalTwin.Networks.Genes;

/// <summary>Name of a node of a gene network: an HGNC symbol where one is known, else the name that the source uses. Compared ordinally.</summary>
public readonly record struct GeneSymbol : IComparable<GeneSymbol>
{
    private const int LongestName = 512;

    private readonly string? _value;

    /// <exception cref="ArgumentException">The name is empty, has more than 512 characters, or holds white space or control characters.</exception>
    public GeneSymbol(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (!IsName(value))
        {
            throw new ArgumentException(
                $"'{(value.Length > 40 ? value[..40] + "..." : value)}' is no gene symbol: it needs 1 to {LongestName} characters, none of them white space.", nameof(value));
        }

        _value = value;
    }

    public string Value => _value ?? string.Empty;

    /// <summary>The symbol, where the text can be one once white space around it is dropped.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out GeneSymbol symbol)
    {
        var trimmed = text?.Trim() ?? string.Empty;
        var isName = IsName(trimmed);
        symbol = isName ? new GeneSymbol(trimmed) : default;
        return isName;
    }

    public int CompareTo(GeneSymbol other) => string.CompareOrdinal(Value, other.Value);

    public override string ToString() => Value;

    public static bool operator <(GeneSymbol left, GeneSymbol right) => left.CompareTo(right) < 0;

    public static bool operator >(GeneSymbol left, GeneSymbol right) => left.CompareTo(right) > 0;

    public static bool operator <=(GeneSymbol left, GeneSymbol right) => left.CompareTo(right) <= 0;

    public static bool operator >=(GeneSymbol left, GeneSymbol right) => left.CompareTo(right) >= 0;

    private static bool IsName(string text) =>
        text.Length is > 0 and <= LongestName && !text.Any(c => char.IsWhiteSpace(c) || char.IsControl(c));
}
