using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Cohorts.Import;
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

    /// <param name="manifest">With a layout.</param>
    /// <param name="subjectsPath">CSV with one row a subject, plain or gzip.</param>
    /// <param name="observationsPath">CSV of observations; needed exactly when the manifest has observations.</param>
    /// <exception cref="InvalidInputException">With the faults found, each with file, line and column; the first hundred.</exception>
    public static Cohort Import(CohortManifest manifest, string subjectsPath, string? observationsPath = null)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        ArgumentNullException.ThrowIfNull(subjectsPath);
        var layout = manifest.Layout ?? throw Refusal("The manifest has no 'subject', so it does not say where the values stand. Add 'subject: { column: ... }'.");
        if ((observationsPath is null) != (manifest.ObservedVariables.Count == 0))
        {
            throw Refusal(observationsPath is null
                ? "The manifest has observations. Give their file with --observations."
                : "A file of observations is given, but the manifest has no 'observations'. Describe them there.");
        }

        var faults = new ImportFaults();
        var (subjects, columns, events, rowOf) = SubjectImport.Read(manifest, layout, subjectsPath, faults);
        var observations = observationsPath is null || layout.Observations is null
            ? null
            : ObservationImport.Read(manifest.ObservedVariables, layout.Observations, layout.SubjectPrefix, observationsPath, rowOf, faults);
        faults.ThrowIfAny();
        return new Cohort(manifest.Description, subjects, columns, events, observations);
    }

    private static InvalidInputException Refusal(string message) => new(new TextLocation("cohort.yaml", 0, 0), message);
}
