using System.Security.Cryptography;
using System.Text;
using DigitalTwin.Cohorts.Bundles;
using DigitalTwin.Cohorts.Manifests;
using DigitalTwin.Cohorts.Tables;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts;

/// <summary>Writes cohort bundles. The same cohort and manifest give the same bytes.</summary>
public static class CohortWriter
{
    // What was in memory once fits once more.
    private static readonly CohortLimits _unlimited = new(MaximumBytes: long.MaxValue);

    /// <summary>Writes a bundle beside its final place, reads it back, and then renames it: a bundle is there whole and readable or not at all.</summary>
    /// <param name="cohort">The data.</param>
    /// <param name="manifest">What they are; its variables, rows and omics tables are taken from <paramref name="cohort"/>.</param>
    /// <param name="folder">Where the bundle shall stand.</param>
    /// <param name="overwrite">True to replace a bundle that is there; anything else is kept.</param>
    /// <param name="compression">Codec of the tables.</param>
    /// <param name="cancellation">Stops between two files; nothing is left behind.</param>
    /// <exception cref="IOException">The folder is there and <paramref name="overwrite"/> is false or it is no bundle, or writing failed.</exception>
    /// <exception cref="InvalidInputException">A value of the cohort is one no bundle may hold: outside its range, a negative time ...</exception>
    /// <exception cref="ArgumentException">Cohort and manifest have different variables or endpoints.</exception>
    public static void Write(
        Cohort cohort,
        CohortManifest manifest,
        string folder,
        bool overwrite = false,
        TableCompression compression = TableCompression.Zstd,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(folder);
        CheckAgreement(cohort, manifest);
        var target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (!overwrite && Path.Exists(target))
        {
            throw new IOException($"'{folder}' is there already.");
        }

        if (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any() && !File.Exists(Path.Combine(target, BundleFolder.ChecksumFile)))
        {
            throw new IOException($"'{folder}' holds something that is no cohort bundle; only a bundle is replaced.");
        }

        var temporary = $"{target}.writing";
        if (Directory.Exists(temporary))
        {
            Directory.Delete(temporary, recursive: true);
        }

        Directory.CreateDirectory(temporary);
        try
        {
            WriteFiles(cohort, Completed(cohort, manifest), temporary, compression, cancellation);
            CohortStore.Read(temporary, _unlimited);
            cancellation.ThrowIfCancellationRequested();
            Replace(temporary, target);
        }
        catch
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }

            throw;
        }
    }

    private static CohortManifest Completed(Cohort cohort, CohortManifest manifest) => manifest with
    {
        Description = cohort.Description,
        Variables = [.. cohort.Columns.Select(c => c.Variable)],
        OmicsTables = [.. cohort.OmicsLayers.Select(l => Declared(cohort, manifest, l))],
        Rows = new TableRows(cohort.Count, cohort.Events.Count == 0 ? 0 : cohort.Count, cohort.Observations?.Count ?? 0),
    };

    private static OmicsTable Declared(Cohort cohort, CohortManifest manifest, OmicsLayer layer)
    {
        var declared = manifest.OmicsTables.FirstOrDefault(o => o.Name == layer.Name) ?? new OmicsTable(layer.Name, layer.Unit, 0);
        var key = declared.Source?.Key ?? declared.Samples?.Key;
        var samples = key is null ? null : SampleIndex.Of(cohort, layer, key);
        return declared with { Unit = layer.Unit, FeatureCount = layer.Features.Count, Samples = samples is null ? null : new SampleRows(key!, samples.Names.Length) };
    }

    private static void WriteFiles(Cohort cohort, CohortManifest manifest, string folder, TableCompression compression, CancellationToken cancellation)
    {
        var files = new SortedDictionary<string, string>(StringComparer.Ordinal);
        Add(BundleFolder.ManifestFile, s => s.Write(Encoding.UTF8.GetBytes(ManifestWriter.Write(manifest))));
        Add(SubjectTable.FileName, s => SubjectTable.Write(s, cohort, compression));
        if (cohort.Events.Count > 0)
        {
            Add(EventTable.FileName, s => EventTable.Write(s, cohort, compression));
        }

        if (cohort.Observations is { } observations)
        {
            Add(ObservationsTable.FileName, s => ObservationsTable.Write(s, cohort, observations, compression));
        }

        foreach (var (layer, table) in cohort.OmicsLayers.Zip(manifest.OmicsTables))
        {
            Directory.CreateDirectory(Path.Combine(folder, "omics"));
            Add(OmicsLayerTable.FileName(layer.Name), s => OmicsLayerTable.Write(s, cohort, layer, table, compression));
        }

        File.WriteAllText(Path.Combine(folder, BundleFolder.ChecksumFile), string.Concat(files.Select(f => $"{f.Value}  {f.Key}\n")));

        void Add(string name, Action<Stream> write)
        {
            cancellation.ThrowIfCancellationRequested();
            using var stream = new FileStream(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.ReadWrite);
            write(stream);
            stream.Flush(flushToDisk: true);
            stream.Position = 0;
            files.Add(name, Convert.ToHexStringLower(SHA256.HashData(stream)));
        }
    }

    // A folder that is replaced is moved aside first and deleted last, so that a failure in between leaves one whole bundle.
    private static void Replace(string temporary, string target)
    {
        var aside = $"{target}.replaced";
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }

        if (Directory.Exists(target))
        {
            Directory.Move(target, aside);
        }

        Directory.Move(temporary, target);
        if (Directory.Exists(aside))
        {
            Directory.Delete(aside, recursive: true);
        }
    }

    private static void CheckAgreement(Cohort cohort, CohortManifest manifest)
    {
        if (!cohort.Columns.Select(c => c.Variable.Name).SequenceEqual(manifest.Variables.Select(v => v.Name))
            || !cohort.Events.Select(e => e.Name).SequenceEqual(manifest.Endpoints.Select(e => e.Name))
            || !(cohort.Observations?.Variables ?? []).Select(v => v.Name).SequenceEqual(manifest.ObservedVariables.Select(v => v.Name)))
        {
            throw new ArgumentException("The cohort and the manifest do not have the same variables, endpoints and observed variables.", nameof(manifest));
        }
    }
}
