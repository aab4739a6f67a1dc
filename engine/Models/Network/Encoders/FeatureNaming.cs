using System.Globalization;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Omics.Features;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>What to do with the names of a layer that a network does not know: nothing where they are of no genes, else how they would have to be written.</summary>
internal static class FeatureNaming
{
    /// <summary>Names that are looked at for what they might have been: the first ones say it for all.</summary>
    private const int MostNames = 1000;

    private static readonly char[] s_separators = ['|', '_', ':', ';', '/', ' ', '.', '-'];

    /// <summary>A kind of name, of many.</summary>
    public static string Plural(FeatureKind kind) => kind switch
    {
        FeatureKind.GeneSymbol => "gene symbols",
        FeatureKind.Ensembl => "Ensembl ids",
        FeatureKind.UniProt => "UniProt accessions",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A network is not searched by this kind of name."),
    };

    /// <summary>What to do about a layer that is not on the network.</summary>
    public static string Advice(LayerPlacement placement, CatalogResolver resolver, GeneCatalog? catalog)
    {
        string[] names = [.. placement.Layer.Layer.Features.Take(MostNames)];
        var wanted = Wanted(catalog);
        return Mostly(names, f => FeatureIdParser.TryParse(FeatureKind.MiRBase, f, out _)) ? "These are micro RNAs, which are no nodes of it: nothing is to be done."
            : Mostly(names, f => FeatureIdParser.TryParse(FeatureKind.CpG, f, out _)) ? $"These are probes of a methylation array, which are no nodes of it: nothing is to be done, unless you sum them up by gene, named by {wanted}."
            : Mostly(names, f => FeatureIdParser.TryParse(FeatureKind.Ensembl, f, out _)) ? $"These are Ensembl ids, {(KnowsEnsembl(catalog) ? "few of which" : "which")} this network does not know: name the features by {wanted}, and import the layer again."
            : Mostly(names, f => f.All(char.IsAsciiDigit)) ? $"If these numbers are Entrez gene numbers, name the features by {wanted} instead, and import the layer again; else nothing is to be done."
            : Repair(names, placement.OnNetwork.Count, resolver) is { } repair ? $"{repair}: name the features by that alone ('source: {{ prefix, suffix }}' of the manifest takes off what all names share), and import the layer again."
            : $"If they are genes or proteins, name them by {wanted}, and import the layer again; if not (metabolites, microbes, embeddings), nothing is to be done.";
    }

    /// <summary>A part of the names that most of them are on the network by.</summary>
    private static string? Repair(string[] names, int found, CatalogResolver resolver)
    {
        var candidates = s_separators.Where(c => Mostly(names, f => f.Contains(c, StringComparison.Ordinal))).SelectMany(c => (IEnumerable<(string Text, Func<string, string> Cut)>)
        [
            ($"before the first '{c}'", f => f.Split(c)[0]),
            ($"after the last '{c}'", f => f.Split(c)[^1]),
        ]);
        var (text, cut, count) = candidates.Select(r => (r.Text, Cut: names.Select(r.Cut).Distinct(StringComparer.Ordinal).ToArray()))
            .Select(r => (r.Text, r.Cut, Count: LayerPlacement.CountFound(r.Cut, resolver))).DefaultIfEmpty((string.Empty, [], 0)).MaxBy(r => r.Item3);
        return count <= found || 3 * count < cut.Length || (cut.Length == 1 && names.Length > 1) ? null : string.Create(
            CultureInfo.InvariantCulture,
            $"What stands {text} in a name is on the network for {count} of {cut.Length}{(names.Length == MostNames ? $" (the first {MostNames} features were looked at)" : string.Empty)}{(cut.Length < names.Length ? "; features that are then named alike must be made one" : string.Empty)}");
    }

    private static string Wanted(GeneCatalog? catalog) => catalog is null ? "the names of the network's nodes" : KnowsEnsembl(catalog)
        ? "gene symbol (TP53), Ensembl id (ENSG00000141510) or UniProt accession (P04637)"
        : "gene symbol (TP53) or UniProt accession (P04637)";

    private static bool KnowsEnsembl(GeneCatalog? catalog) => catalog is not null && catalog.Genes.Any(g => g.Aliases.Append(g.Symbol.Value).Any(
        a => a.StartsWith("ENS", StringComparison.Ordinal) && FeatureIdParser.TryParse(FeatureKind.Ensembl, a, out _)));

    private static bool Mostly(string[] names, Func<string, bool> holds) => 2 * names.Count(holds) > names.Length;
}
