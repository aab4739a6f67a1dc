using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.RegularExpressions;
using DigitalTwin.Omics.Faults;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Omics.Features;

/// <summary>Reads feature names of each kind. White space around a name is dropped; nothing else is repaired.</summary>
/// <remarks>Forms: UniProt [UniProt2023]; Ensembl [Harrison2024]; miRBase [Kozomara2019]; probes of methylation arrays [Bibikova2011].</remarks>
public static partial class FeatureIdParser
{
    private const int LongestName = 128;

    /// <summary>The name, where the text has the form of its kind.</summary>
    public static bool TryParse(FeatureKind kind, string? text, [NotNullWhen(true)] out FeatureId? id)
    {
        var name = text?.Trim() ?? string.Empty;
        id = null;
        if (name.Length is 0 or > LongestName)
        {
            return false;
        }

        id = kind switch
        {
            FeatureKind.MassToCharge => Mass(name),
            _ => Form(kind).Match(name) is { Success: true } match ? new FeatureId(kind, match.Groups["id"].Value, match.Groups["more"].Value) : null,
        };
        return id is not null;
    }

    /// <summary>The name.</summary>
    /// <exception cref="FeatureIdException">The text has not the form of its kind.</exception>
    public static FeatureId Parse(FeatureKind kind, string text) =>
        TryParse(kind, text, out var id) ? id : throw new FeatureIdException("feature id", kind, [text]);

    /// <summary>The names of all features of a layer.</summary>
    /// <returns>Shape [features].</returns>
    /// <exception cref="FeatureIdException">Names have not the form of their kind; carries all of them.</exception>
    public static IReadOnlyList<FeatureId> ParseAll(OmicsLayer layer, FeatureKind kind)
    {
        ArgumentNullException.ThrowIfNull(layer);
        var ids = new List<FeatureId>(layer.Features.Count);
        var wrong = new List<string>();
        foreach (var feature in layer.Features)
        {
            if (TryParse(kind, feature, out var id))
            {
                ids.Add(id);
            }
            else
            {
                wrong.Add(feature);
            }
        }

        return wrong.Count == 0 ? ids : throw new FeatureIdException($"layer '{layer.Name}'", kind, wrong);
    }

    /// <summary>What a name of this kind looks like, for the end of an error.</summary>
    public static string Example(FeatureKind kind) => kind switch
    {
        FeatureKind.GeneSymbol => "TP53",
        FeatureKind.Ensembl => "ENSG00000141510 or ENSG00000141510.18",
        FeatureKind.UniProt => "P04637 or P04637-2",
        FeatureKind.MiRBase => "hsa-miR-21-5p, hsa-let-7a-1 or MIMAT0000076",
        FeatureKind.CpG => "cg00000029 or cg00000029_TC21",
        FeatureKind.MassToCharge => "180.0634 or 180.0634@4.21, retention time after the @",
        _ => "OTU_0012, ASV7, a Greengenes number or the 32 hexadecimal digits of a variant",
    };

    private static FeatureId? Mass(string name)
    {
        var match = MassForm().Match(name);
        return match.Success && double.Parse(match.Groups["id"].Value, CultureInfo.InvariantCulture) > 0
            ? new FeatureId(FeatureKind.MassToCharge, match.Groups["id"].Value, match.Groups["more"].Value)
            : null;
    }

    private static Regex Form(FeatureKind kind) => kind switch
    {
        FeatureKind.GeneSymbol => SymbolForm(),
        FeatureKind.Ensembl => EnsemblForm(),
        FeatureKind.UniProt => UniProtForm(),
        FeatureKind.MiRBase => MiRBaseForm(),
        FeatureKind.CpG => ProbeForm(),
        FeatureKind.Otu => OtuForm(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "There is no such kind of feature."),
    };

    // A symbol is a letter and then letters, digits and hyphens; "C1orf112", "HLA-DRB1", "NKX2-1", and with a full stop clone names as "RP11-54O7.1".
    [GeneratedRegex(@"^(?<id>[A-Za-z][A-Za-z0-9]*(?:[-._@][A-Za-z0-9]+)*)$", RegexOptions.CultureInvariant)]
    private static partial Regex SymbolForm();

    [GeneratedRegex(@"^(?<id>ENS(?:[A-Z]{3,4})?(?:G|T|P|E|R|FM|GT)[0-9]{11})(?:\.(?<more>[0-9]{1,4}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex EnsemblForm();

    [GeneratedRegex(
        @"^(?<id>[OPQ][0-9][A-Z0-9]{3}[0-9]|[A-NR-Z][0-9](?:[A-Z][A-Z0-9]{2}[0-9]){1,2})(?:-(?<more>[0-9]{1,3}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex UniProtForm();

    [GeneratedRegex(
        @"^(?<id>MI(?:MAT)?[0-9]{7}|[a-z]{3,5}-(?:mi[rR]|let|lin|bantam|lsy)(?:-[0-9a-z]+)*(?:-[35]p)?\*?)$", RegexOptions.CultureInvariant)]
    private static partial Regex MiRBaseForm();

    [GeneratedRegex(@"^(?<id>cg[0-9]{8}|ch\.(?:[0-9]{1,2}|X|Y)\.[0-9]+[FR]|rs[0-9]+)(?:_(?<more>[TB][CO][0-9]{2}))?$", RegexOptions.CultureInvariant)]
    private static partial Regex ProbeForm();

    [GeneratedRegex(@"^(?:mz)?(?<id>[0-9]{1,6}(?:\.[0-9]{1,8})?)(?:@(?<more>[0-9]{1,5}(?:\.[0-9]{1,6})?))?$", RegexOptions.CultureInvariant)]
    private static partial Regex MassForm();

    [GeneratedRegex(@"^(?<id>(?:OTU|Otu|otu|ASV|asv|ZOTU|Zotu|zotu|denovo)[_ -]?[0-9]+|[0-9]{1,10}|[0-9a-f]{32})$", RegexOptions.CultureInvariant)]
    private static partial Regex OtuForm();
}
