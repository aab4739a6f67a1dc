using DigitalTwin.Omics.Faults;

namespace DigitalTwin.Omics.Filters;

/// <summary>A filter leaves no feature.</summary>
public sealed class NoFeatureLeftException(string layer, IReadOnlyList<DroppedFeature> dropped)
    : OmicsException(
        $"layer '{layer}', feature filter",
        $"All {dropped.Count} features fell, among them {Some([.. dropped.Select(d => d.ToString())])}.",
        "Loosen the bound they did not hold.")
{
    public IReadOnlyList<DroppedFeature> Dropped { get; } = dropped;
}
