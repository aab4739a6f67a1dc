using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes;
using DigitalTwin.Networks.Genes.Operations;
using DigitalTwin.Omics.Features;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>What of some subjects' layers and treatments is on a gene network. Training, and what is told before it, both ask here. Only names are looked at, so that a part
/// of the subjects is covered as all of them are.</summary>
/// <param name="Resolver">Answers for the whole network.</param>
/// <param name="OnNetwork">Layers that are laid on it.</param>
/// <param name="Beside">Layers too little of which is on it.</param>
/// <param name="Genes">Nodes that carry features or are targets of drugs, each once.</param>
/// <param name="Part">These nodes and those that join them; null where there are none.</param>
internal sealed record NetworkCoverage(
    CatalogResolver Resolver, IReadOnlyList<LayerPlacement> OnNetwork, IReadOnlyList<LayerPlacement> Beside, IReadOnlyList<GeneSymbol> Genes, RepairedSubgraph? Part)
{
    /// <summary>What is said where no edge joins the nodes.</summary>
    public string WithoutEdges => Genes.Count == 1
        ? "Only one gene of this cohort is on the network, so that no edge joins it to another: the network has no part in the model."
        : $"The {Genes.Count} genes of this cohort have no edge of the network among them: the network has no part in the model.";

    /// <summary>Null where the options name no network.</summary>
    public static NetworkCoverage? Of(SubjectInputs inputs, NetworkLearnerOptions options)
    {
        if (options.Network is not { } whole)
        {
            return null;
        }

        var resolver = new CatalogResolver(whole, options.Catalog);
        LayerPlacement[] all = [.. inputs.Layers.Select(l => LayerPlacement.Of(l, resolver))];
        LayerPlacement[] placed = [.. all.Where(p => p.IsEnough(options.LeastShareOnNetwork))];
        GeneSymbol[] genes = [.. placed.SelectMany(p => NodesOf(p, resolver)).Concat(TargetsOf(inputs, whole)).Distinct()];
        return new NetworkCoverage(resolver, placed, [.. all.Except(placed)], genes, genes.Length == 0 ? null : RepairedSubgraph.Of(whole, genes, options.LongestBridge));
    }

    private static IEnumerable<GeneSymbol> NodesOf(LayerPlacement placement, CatalogResolver resolver) =>
        from feature in placement.OnNetwork
        let id = FeatureIdParser.Parse(placement.Kind, feature)
        select new GeneSymbol(resolver.Resolve(id).Node!);

    private static IEnumerable<GeneSymbol> TargetsOf(SubjectInputs inputs, GeneNetwork network) =>
        from treatment in inputs.Treatments?.Treatments ?? []
        from drug in treatment.Drugs
        from target in drug.Targets
        let symbol = GeneSymbol.TryParse(target.Gene, out var parsed) ? parsed : default
        where network.Contains(symbol)
        select symbol;
}
