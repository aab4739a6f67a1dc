using DigitalTwin.Cohorts;

namespace DigitalTwin.Scenarios.Language.Binding;

/// <summary>Manifests of the bundles on disk, checked against their SHA-256 manifests.</summary>
public sealed class BundleManifests : ICohortManifests
{
    public CohortManifest? Read(string folder) => Directory.Exists(folder) ? CohortStore.ReadManifest(folder) : null;

    public IReadOnlyList<string> Siblings(string folder)
    {
        var parent = Path.GetDirectoryName(folder);
        return Directory.Exists(parent) ? [.. Directory.EnumerateDirectories(parent).Select(d => Path.GetFileName(d))] : [];
    }
}
