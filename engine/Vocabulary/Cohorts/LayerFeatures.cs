namespace DigitalTwin.Vocabulary;

/// <summary>What the columns of an omics layer are, without values: what a model expects, or a study asks of its subjects.</summary>
/// <param name="Name">Identifier of the layer, e.g. <c>rna</c>.</param>
/// <param name="Unit">UCUM code of the values.</param>
/// <param name="Features">Feature identifiers, shape [features].</param>
public sealed record LayerFeatures(string Name, string Unit, IReadOnlyList<string> Features)
{
    public static LayerFeatures Of(OmicsLayer layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return new LayerFeatures(layer.Name, layer.Unit, layer.Features);
    }

    /// <summary>Whether both say the same, feature by feature.</summary>
    public bool Equals(LayerFeatures? other) =>
        other is not null && Name == other.Name && Unit == other.Unit && Features.SequenceEqual(other.Features, StringComparer.Ordinal);

    public override int GetHashCode() => HashCode.Combine(Name, Unit, Features.Count);
}
