using System.Text.RegularExpressions;
using DigitalTwin.Cohorts.Manifests;
using DigitalTwin.Cohorts.Tables;
using DigitalTwin.Cohorts.Yaml;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts;

/// <summary>Reads <c>cohort.yaml</c>, whose keys are described in docs/cohort-bundles.md.</summary>
public static partial class ManifestReader
{
    /// <summary>Value of the key <c>schema</c>.</summary>
    public const string Schema = "digitaltwin/cohort/1";

    private const string IdForm = "Use lower-case letters, digits and hyphens, at most 64.";

    /// <param name="utf8">The whole file.</param>
    /// <param name="fileName">Name used in faults.</param>
    /// <exception cref="InvalidInputException">With every fault found, each with its line and column.</exception>
    public static CohortManifest Read(ReadOnlySpan<byte> utf8, string fileName)
    {
        var faults = new List<Fault>();
        var root = ManifestFields.Of(YamlDocument.Parse(utf8, fileName), string.Empty, faults) ?? throw new InvalidInputException(faults);
        if (root.Scalar("schema", required: true) is { } schema && schema.Text != Schema)
        {
            root.Report(schema.Location, $"schema is '{schema.Text}'. This version reads '{Schema}'.");
        }

        var description = ReadDescription(root);
        var subject = root.Mapping("subject");
        var hasLayout = subject is not null;
        var variables = ReadNamed(root.Items("variables"), "variables", faults, VariableReader.Read, v => v.Variable.Name);
        var endpoints = ReadNamed(root.Items("endpoints"), "endpoints", faults, f => EndpointReader.Read(f, hasLayout), e => e.Endpoint.Name);
        var observed = ObservationReader.Read(root.Mapping("observations"), hasLayout, faults);
        var rows = ReadRows(root.Mapping("rows"));
        var omics = ReadNamed(root.Items("omics"), "omics", faults, f => OmicsReader.Read(f, isBundle: rows is not null), o => o.Table.Name);
        var tables = ReadNamed(root.Items("tables"), "tables", faults, TableSourceReader.Read, t => t.Table.Name);
        RefuseSharedNames(root, variables.Select(v => v.Variable.Name), endpoints.Select(e => e.Endpoint.Name));
        TableSourceReader.RefuseUnknown(root, variables.Select(v => v.Source), [.. tables.Select(t => t.Table.Name)]);
        OmicsReader.RefuseUnknownKeys(root, omics.Select(o => o.Table), [.. variables.Select(v => v.Variable)]);
        var layout = subject is null ? null : ReadLayout(subject, variables, endpoints, observed.Source, [.. tables.Select(t => t.Table)]);
        root.RefuseUnknownKeys();
        if (faults.Count > 0)
        {
            throw new InvalidInputException([.. faults.OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column)]);
        }

        return new CohortManifest(
            description,
            [.. variables.Select(v => v.Variable)],
            [.. endpoints.Select(e => e.Endpoint)],
            observed.Variables,
            [.. omics.Select(o => o.Table)],
            rows,
            layout);
    }

    /// <summary>Passes an id of a cohort on.</summary>
    /// <exception cref="InvalidInputException">It is none.</exception>
    public static string RequireId(string id, string place) => IdPattern().IsMatch(id)
        ? id
        : throw new InvalidInputException(new TextLocation(place, 0, 0), $"'{id}' is no id of a cohort. {IdForm}");

    /// <summary>Reads the entries of a list and refuses a name that stands twice.</summary>
    internal static List<T> ReadNamed<T>(
        IReadOnlyList<YamlNode> items, string path, List<Fault> faults, Func<ManifestFields, T?> read, Func<T, string> name)
        where T : struct
    {
        var entries = new List<T>();
        foreach (var (index, item) in items.Index())
        {
            var written = (item as YamlMapping)?.TryGet("name", out var node) == true ? (node as YamlScalar)?.Text : null;
            if (ManifestFields.Of(item, $"{path}.{written ?? $"{index + 1}"}", faults) is { } fields && read(fields) is { } entry)
            {
                if (entries.Any(e => name(e) == name(entry)))
                {
                    fields.Report(fields.Location, $"{path} has the name '{name(entry)}' twice. Rename one.");
                }

                entries.Add(entry);
            }
        }

        return entries;
    }

    private static CohortDescription ReadDescription(ManifestFields root)
    {
        var id = root.Scalar("id", required: true);
        if (id is not null && !IdPattern().IsMatch(id.Text))
        {
            root.Report(id.Location, $"id is '{id.Text}'. {IdForm}");
        }

        return new CohortDescription(
            new CohortId(id?.Text ?? string.Empty),
            root.Text("title", required: true) ?? string.Empty,
            root.Text("provenance", required: true) ?? string.Empty,
            root.Text("licence", required: true) ?? string.Empty,
            root.Text("timeOrigin", required: true) ?? string.Empty);
    }

    private static TableRows? ReadRows(ManifestFields? rows)
    {
        if (rows is null)
        {
            return null;
        }

        var counts = new TableRows(rows.Count("subjects"), rows.Count("events"), rows.Count("observations"));
        rows.RefuseUnknownKeys();
        return counts;
    }

    private static ImportLayout? ReadLayout(
        ManifestFields subject,
        IReadOnlyList<(Variable Variable, VariableSource Source)> variables,
        IReadOnlyList<(EventEndpoint Endpoint, EndpointSource? Source)> endpoints,
        ObservationSource? observations,
        IReadOnlyList<TableSource> tables)
    {
        var columns = subject.TextOrTexts("column");
        var prefix = subject.Text("prefix") ?? string.Empty;
        subject.RefuseUnknownKeys();
        return columns.Count == 0
            ? null
            : new ImportLayout(
                columns, prefix, [.. variables.Select(v => v.Source)], [.. endpoints.Select(e => e.Source).OfType<EndpointSource>()], observations, tables);
    }

    // Scenarios name variables and endpoints alike, and tables hold both beside the subject's id.
    private static void RefuseSharedNames(ManifestFields root, IEnumerable<string> variables, IEnumerable<string> endpoints)
    {
        foreach (var name in variables.Intersect(endpoints))
        {
            root.Report(root.Node("endpoints")!.Location, $"'{name}' names a variable and an endpoint. Rename one.");
        }

        if (variables.Contains(SubjectTable.IdColumn))
        {
            root.Report(root.Node("variables")!.Location, $"'{SubjectTable.IdColumn}' is the name of the id column. Rename the variable.");
        }
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9-]{0,63}$")]
    private static partial Regex IdPattern();
}
