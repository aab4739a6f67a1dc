namespace DigitalTwin.Networks.Genes;

/// <summary>The name of a complex: the names of its members joined by underscores, with or without <c>COMPLEX:</c> before them.</summary>
public static class ComplexName
{
    private const string Prefix = "COMPLEX:";

    public static bool IsOne(string text) => Members(text).Count > 1;

    /// <summary>The members as written; the name itself where it is no complex.</summary>
    public static IReadOnlyList<string> Members(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var bare = text.StartsWith(Prefix, StringComparison.Ordinal) ? text[Prefix.Length..] : text;
        return bare.Split('_', StringSplitOptions.RemoveEmptyEntries);
    }
}
