using DigitalTwin.Networks.Genes;
using DigitalTwin.Omics.Features;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>Answers for the nodes of a network: a feature is looked up by name, else through a catalog of genes.</summary>
/// <param name="network">The nodes.</param>
/// <param name="catalog">Aliases and accessions; none if null.</param>
public sealed class CatalogResolver(GeneNetwork network, GeneCatalog? catalog = null) : INodeResolver
{
    private static readonly NodeResolution Unknown = new(NodeMatch.Unknown);

    public NodeResolution Resolve(FeatureId feature)
    {
        ArgumentNullException.ThrowIfNull(feature);
        if (!GeneSymbol.TryParse(feature.Value, out var symbol))
        {
            return Unknown;
        }

        if (network.Contains(symbol))
        {
            return new NodeResolution(NodeMatch.Exact, symbol.Value);
        }

        var answer = catalog?.Resolve(feature.Value);
        return answer switch
        {
            { Kind: ResolutionKind.Ambiguous } => new NodeResolution(NodeMatch.Ambiguous),
            { Symbol: { } found } when network.Contains(found) => new NodeResolution(NodeMatch.Alias, found.Value),
            _ => Unknown,
        };
    }
}
