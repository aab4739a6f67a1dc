using System.Globalization;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Network.Encoders;

/// <summary>What is told before a network is trained: layers that it reads as plain tables, and that nothing is on it.</summary>
internal static class NetworkForesight
{
    private const int ShownNames = 3;

    public static IReadOnlyList<string> Of(SubjectInputs inputs, NetworkLearnerOptions options)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        if (NetworkCoverage.Of(inputs, options) is not { } coverage)
        {
            return [];
        }

        List<string> sentences = [.. coverage.Beside.Select(p => BesideNetwork(p, coverage, options)), .. coverage.OnNetwork.Where(p => p.OnNetwork.Count < p.Layer.FeatureCount).Select(PartlyOnNetwork)];
        var isRewired = options.RewiringSeed is not null;
        if (coverage.Part is null && isRewired)
        {
            sentences.Add("No layer is laid on the gene network and no target of a drug is on it, so there is no edge to exchange: this model is the same as one with the true edges, and comparing the two says nothing. Leave it out.");
        }
        else if (coverage.Part is null && inputs.Layers.Count > 0)
        {
            sentences.Add("No layer is laid on the gene network and no target of a drug is on it: its edges have no part in this model.");
        }
        else if (coverage.Part is { Network.EdgeCount: 0 })
        {
            sentences.Add(isRewired ? $"{coverage.WithoutEdges} There is no edge to exchange: comparing this model with one of the true edges says nothing. Leave it out." : coverage.WithoutEdges);
        }

        return sentences;
    }

    private static string BesideNetwork(LayerPlacement placement, NetworkCoverage coverage, NetworkLearnerOptions options)
    {
        var layer = placement.Layer.Layer;
        var found = placement.OnNetwork.Count == 0
            ? "none is on it under any kind of name"
            : string.Create(CultureInfo.InvariantCulture, $"{placement.OnNetwork.Count} {(placement.OnNetwork.Count == 1 ? "is" : "are")} on it, read as {FeatureNaming.Plural(placement.Kind)}");
        var enough = Math.Max(1, Math.Ceiling(options.LeastShareOnNetwork * layer.Features.Count));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Layer '{layer.Name}' is not laid on the gene network but read as a plain table: of its {layer.Features.Count} features ({Some(layer.Features)}) {found}, and {enough} ({100 * options.LeastShareOnNetwork:0.#} %) are enough. {FeatureNaming.Advice(placement, coverage.Resolver, options.Catalog)}");
    }

    private static string PartlyOnNetwork(LayerPlacement placement)
    {
        string[] others = [.. placement.Layer.Layer.Features.Where(f => !placement.OnNetwork.Contains(f))];
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Layer '{placement.Layer.Layer.Name}' is laid on the gene network by its {FeatureNaming.Plural(placement.Kind)}: {placement.OnNetwork.Count} of {placement.Layer.FeatureCount} features are on it, and {others.Length} that it does not know are read beside it ({Some(others)}).");
    }

    private static string Some(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(ShownNames).Select(n => $"'{n}'")) + (names.Count > ShownNames ? ", ..." : string.Empty);
}
