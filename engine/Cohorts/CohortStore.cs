using System.Runtime.CompilerServices;
using DigitalTwin.Cohorts.Bundles;
using DigitalTwin.Cohorts.Tables;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

[assembly: InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Cohorts;

/// <summary>Reads cohort bundles. Every byte is checked against the bundle's SHA-256 manifest before any of it is understood.</summary>
public static class CohortStore
{
    /// <summary>What a bundle says of itself, without reading its tables into memory.</summary>
    /// <param name="folder">Folder of the bundle.</param>
    /// <exception cref="InvalidInputException">With every fault of the bundle's files or of its manifest.</exception>
    public static CohortManifest ReadManifest(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var bundle = BundleFolder.Open(folder, CohortLimits.Default);
        return ReadManifest(bundle).Manifest;
    }

    /// <summary>Reads a bundle into memory.</summary>
    /// <param name="folder">Folder of the bundle.</param>
    /// <param name="limits">What may be taken on; <see cref="CohortLimits.Default"/> when null.</param>
    /// <exception cref="InvalidInputException">A file is absent, extra, changed, unreadable or of another shape than the manifest says; a value is
    /// outside its range or levels; a subject stands twice or is unknown; a time is negative or not finite.</exception>
    public static CohortBundle Read(string folder, CohortLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(folder);
        limits ??= CohortLimits.Default;
        using var bundle = BundleFolder.Open(folder, limits);
        var (manifest, rows) = ReadManifest(bundle);
        RefuseStrayTables(bundle, manifest);
        var (subjects, columns) = SubjectTable.Read(bundle[SubjectTable.FileName], manifest, rows.Subjects, limits);
        var events = manifest.Endpoints.Count == 0
            ? []
            : EventTable.Read(bundle[EventTable.FileName], manifest, rows.Events, subjects, limits);
        var observations = manifest.ObservedVariables.Count == 0
            ? null
            : ObservationsTable.Read(bundle[ObservationsTable.FileName], manifest, rows.Observations, subjects, limits);
        var layers = manifest.OmicsTables
            .Select(o => OmicsLayerTable.Read(bundle[OmicsLayerTable.FileName(o.Name)], o, subjects, columns, limits))
            .ToArray();
        var files = bundle.Files.Select(f => new BundleFile(f.Name, f.Sha256, RowsOf(f.Name, rows, manifest))).ToArray();
        return new CohortBundle(new Cohort(manifest.Description, subjects, columns, events, observations, layers), manifest, bundle.Hash, files);
    }

    /// <summary>Names of the tables a bundle with this manifest has.</summary>
    internal static IEnumerable<string> TablesOf(CohortManifest manifest)
    {
        yield return SubjectTable.FileName;
        if (manifest.Endpoints.Count > 0)
        {
            yield return EventTable.FileName;
        }

        if (manifest.ObservedVariables.Count > 0)
        {
            yield return ObservationsTable.FileName;
        }

        foreach (var table in manifest.OmicsTables)
        {
            yield return OmicsLayerTable.FileName(table.Name);
        }
    }

    private static (CohortManifest Manifest, TableRows Rows) ReadManifest(BundleFolder bundle)
    {
        var stream = bundle[BundleFolder.ManifestFile];
        var bytes = new byte[Math.Min(stream.Length, YamlLimits.MaximumLength + 1)];
        stream.ReadExactly(bytes);
        var manifest = ManifestReader.Read(bytes, BundleFolder.ManifestFile);
        return (manifest, manifest.Rows ?? throw new InvalidInputException(
            new TextLocation(BundleFolder.ManifestFile, 0, 0), "The manifest has no 'rows'. Give a bundle made by 'digitaltwin cohort import'."));
    }

    private static void RefuseStrayTables(BundleFolder bundle, CohortManifest manifest)
    {
        var strays = bundle.Files.Select(f => f.Name).Except(TablesOf(manifest)).Where(n => n != BundleFolder.ManifestFile).ToList();
        if (strays.Count > 0)
        {
            throw new InvalidInputException([.. strays.Select(s => new Fault(
                new TextLocation(s, 0, 0), "The manifest declares no such table. Import the cohort again from its source."))]);
        }
    }

    private static int? RowsOf(string file, TableRows rows, CohortManifest manifest) => file switch
    {
        BundleFolder.ManifestFile => null,
        EventTable.FileName => rows.Events,
        ObservationsTable.FileName => rows.Observations,
        _ => manifest.OmicsTables.FirstOrDefault(o => OmicsLayerTable.FileName(o.Name) == file)?.Samples?.RowCount ?? rows.Subjects,
    };
}
