using DigitalTwin.Omics.Faults;

namespace DigitalTwin.Omics.Layers;

/// <summary>Holds a layer against the one that a step was fitted on.</summary>
internal static class LayerAgreement
{
    /// <exception cref="UnitChangedException">The unit is another.</exception>
    /// <exception cref="FeaturesChangedException">The features are others, or in another order.</exception>
    public static void Require(SubjectLayer layer, string step, string unit, IReadOnlyList<string> features)
    {
        var (name, found) = (layer.Layer.Name, layer.Layer.Features);
        if (layer.Layer.Unit != unit)
        {
            throw new UnitChangedException(name, step, unit, layer.Layer.Unit);
        }

        if (!found.SequenceEqual(features, StringComparer.Ordinal))
        {
            throw new FeaturesChangedException(name, step, [.. features.Except(found, StringComparer.Ordinal)], [.. found.Except(features, StringComparer.Ordinal)]);
        }
    }
}
