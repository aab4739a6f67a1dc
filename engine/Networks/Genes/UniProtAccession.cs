using System.Text.RegularExpressions;

namespace DigitalTwin.Networks.Genes;

/// <summary>The form of a UniProt accession: six characters, or ten.</summary>
/// <remarks>Source: [UniProt2023], the pattern of the accession numbers.</remarks>
public static partial class UniProtAccession
{
    public static bool IsOne(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length is 6 or 10 && Form().IsMatch(text);
    }

    [GeneratedRegex("^(?:[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2})$", RegexOptions.CultureInvariant)]
    private static partial Regex Form();
}
