using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Cohorts.Import;
using DigitalTwin.Cohorts.Manifests;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts;

/// <summary>Makes a cohort of CSV files and a manifest that says where the values stand. Subjects are ordered by id, so that the order of
/// the source's rows does not matter.</summary>
public static class CohortImporter
{
    /// <summary>Reads a manifest file.</summary>
    /// <exception cref="InvalidInputException">The file cannot be read, or with every fault in it.</exception>
    public static CohortManifest ReadManifest(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            var bytes = new byte[Math.Min(file.Length, Yaml.YamlLimits.MaximumLength + 1)];
            file.ReadExactly(bytes);
            return ManifestReader.Read(bytes, Path.GetFileName(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidInputException(new Fault(new TextLocation(path, 0, 0), $"The file cannot be read: {e.Message}"), e);
        }
    }

    /// <inheritdoc cref="Import(CohortManifest, CohortSources)"/>
    /// <param name="manifest">With a layout.</param>
    /// <param name="subjectsPath">CSV with one row a subject, plain or gzip.</param>
    /// <param name="observationsPath">CSV of observations; needed exactly when the manifest has observations.</param>
    public static Cohort Import(CohortManifest manifest, string subjectsPath, string? observationsPath = null)
    {
        ArgumentNullException.ThrowIfNull(subjectsPath);
        return Import(manifest, new CohortSources(subjectsPath, observationsPath, [], [])).Cohort;
    }

    /// <param name="manifest">With a layout.</param>
    /// <param name="sources">Observations exactly when the manifest has them, and every table that a variable stands in.
    /// A layer needs no entry in the manifest.</param>
    /// <exception cref="InvalidInputException">With the faults found, each with file, line and column; the first hundred.</exception>
    public static ImportedCohort Import(CohortManifest manifest, CohortSources sources)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(sources);
        var layout = manifest.Layout ?? throw Refusal("The manifest has no 'subject', so it does not say where the values stand. Add 'subject: { column: ... }'.");
        if ((sources.Observations is null) != (manifest.ObservedVariables.Count == 0))
        {
            throw Refusal(sources.Observations is null
                ? "The manifest has observations. Give their file with --observations."
                : "A file of observations is given, but the manifest has no 'observations'. Describe them there.");
        }

        var tables = CheckTables(layout, sources.Tables);
        CheckLayers(sources.Layers);
        var faults = new ImportFaults();
        var (subjects, columns, events, rowOf) = SubjectImport.Read(manifest, layout, sources.Subjects, tables, faults);
        var observations = sources.Observations is null || layout.Observations is null
            ? null
            : ObservationImport.Read(manifest.ObservedVariables, layout.Observations, layout.SubjectPrefix, sources.Observations, rowOf, faults);
        var import = new LayerImport(manifest, layout, faults);
        var layers = sources.Layers.Select(l => import.Read(l.Name, l.Path, source => RowsOf(source, layout, subjects, columns), subjects.Length)).ToArray();
        faults.ThrowIfAny();
        var cohort = new Cohort(manifest.Description, subjects, columns, events, observations, [.. layers.Select(l => l.Layer).OfType<OmicsLayer>()]);
        return new ImportedCohort(
            cohort, [.. layers.Select(l => l.Report)], [.. manifest.OmicsTables.Select(o => o.Name).Except(sources.Layers.Select(l => l.Name))]);
    }

    private static Dictionary<string, int[]> RowsOf(LayerSource source, ImportLayout layout, SubjectId[] subjects, Column[] columns)
    {
        if (source.Key is null)
        {
            return subjects.Index().ToDictionary(s => s.Item.Value[layout.SubjectPrefix.Length..], s => new[] { s.Index }, StringComparer.Ordinal);
        }

        var key = (CategoricalColumn)columns.First(c => c.Variable.Name == source.Key);
        return Enumerable.Range(0, key.Count).Where(i => !key.IsMissing(i)).GroupBy(i => key.Level(i)!, StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.ToArray(), StringComparer.Ordinal);
    }

    private static Dictionary<string, string> CheckTables(ImportLayout layout, IReadOnlyList<NamedFile> tables)
    {
        var faults = new List<Fault>();
        foreach (var table in tables.Where(t => layout.Tables.All(d => d.Name != t.Name)))
        {
            var nearest = NearestName.Find(table.Name, layout.Tables.Select(t => t.Name));
            faults.Add(new Fault(
                new TextLocation("--table", 0, 0),
                $"'{table.Name}' is not under 'tables' of the manifest. " + (nearest is null ? "Declare it there." : $"Did you mean '{nearest}'?")));
        }

        foreach (var twice in tables.GroupBy(t => t.Name, StringComparer.Ordinal).Where(g => g.Count() > 1))
        {
            faults.Add(new Fault(new TextLocation("--table", 0, 0), $"'{twice.Key}' is given twice. Keep one."));
        }

        foreach (var absent in layout.Variables.Select(v => v.Table).OfType<string>().Distinct().Except(tables.Select(t => t.Name)))
        {
            faults.Add(new Fault(new TextLocation("--table", 0, 0), $"The manifest reads variables from the table '{absent}'. Give its file with --table {absent}=FILE."));
        }

        return faults.Count == 0 ? tables.ToDictionary(t => t.Name, t => t.Path, StringComparer.Ordinal) : throw new InvalidInputException(faults);
    }

    private static void CheckLayers(IReadOnlyList<NamedFile> layers)
    {
        var faults = layers.Where(l => !ManifestFields.IsName(l.Name))
            .Select(l => $"'{l.Name}' is not a name. Use a letter, then letters, digits or underscores, at most 64.")
            .Concat(layers.GroupBy(l => l.Name, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"'{g.Key}' is given twice. Keep one."))
            .Select(m => new Fault(new TextLocation("--layer", 0, 0), m))
            .ToList();
        if (faults.Count > 0)
        {
            throw new InvalidInputException(faults);
        }
    }

    private static InvalidInputException Refusal(string message) => new(new TextLocation("cohort.yaml", 0, 0), message);
}
