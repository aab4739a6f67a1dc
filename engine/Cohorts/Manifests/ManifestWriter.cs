using System.Globalization;
using System.Text;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>Writes a manifest in one fixed form, so that the same manifest is the same bytes. Reads back as an equal manifest.</summary>
internal static class ManifestWriter
{
    public static string Write(CohortManifest manifest)
    {
        var text = new StringBuilder();
        var about = manifest.Description;
        text.Append("schema: ").Append(ManifestReader.Schema).Append('\n')
            .Append("id: ").Append(Quote(about.Id.Value)).Append('\n')
            .Append("title: ").Append(Quote(about.Title)).Append('\n')
            .Append("provenance: ").Append(Quote(about.Provenance)).Append('\n')
            .Append("licence: ").Append(Quote(about.Licence)).Append('\n')
            .Append("timeOrigin: ").Append(Quote(about.TimeOrigin)).Append('\n');
        if (manifest.Rows is { } rows)
        {
            text.Append(CultureInfo.InvariantCulture, $"rows: {{ subjects: {rows.Subjects}, events: {rows.Events}, observations: {rows.Observations} }}\n");
        }

        if (manifest.Layout is { } layout)
        {
            var column = layout.SubjectColumns is [var only] ? Quote(only) : $"[{string.Join(", ", layout.SubjectColumns.Select(Quote))}]";
            text.Append("subject: { column: ").Append(column).Append(", prefix: ").Append(Quote(layout.SubjectPrefix)).Append(" }\n");
            WriteList(text, "tables", layout.Tables, (t, _) => WriteTable(text, t));
        }

        WriteList(text, "variables", manifest.Variables, (v, i) => WriteVariable(text, v, manifest.Layout?.Variables[i], "    "));
        WriteList(text, "endpoints", manifest.Endpoints, (e, i) => WriteEndpoint(text, e, manifest.Layout?.Endpoints[i]));
        if (manifest.ObservedVariables.Count > 0)
        {
            WriteObservations(text, manifest.ObservedVariables, manifest.Layout?.Observations);
        }

        WriteList(text, "omics", manifest.OmicsTables, (o, _) => WriteOmics(text, o));
        return text.ToString();
    }

    private static void WriteList<T>(StringBuilder text, string key, IReadOnlyList<T> items, Action<T, int> write)
    {
        if (items.Count > 0)
        {
            text.Append(key).Append(":\n");
        }

        foreach (var (index, item) in items.Index())
        {
            text.Append("  - ");
            write(item, index);
        }
    }

    private static void WriteVariable(StringBuilder text, Variable variable, VariableSource? source, string indent)
    {
        text.Append("name: ").Append(Quote(variable.Name)).Append('\n');
        Line("type", Word(variable.Type));
        Line("role", Word(variable.Role));
        if (variable.Type is VariableType.Continuous or VariableType.Integer)
        {
            Line("unit", Quote(variable.Unit));
        }

        Line("label", Quote(variable.Label));
        if (variable.Range is { } range)
        {
            Line("range", $"[{Limit(range.Minimum)}, {Limit(range.Maximum)}]");
        }

        if (variable.Levels.Count > 0)
        {
            Line("levels", $"[{string.Join(", ", variable.Levels.Select(Quote))}]");
        }

        if (source is not null)
        {
            Line("column", Quote(source.Column));
            if (source.Unit != variable.Unit)
            {
                Line("columnUnit", Quote(source.Unit));
            }

            if (source.Table is { } table)
            {
                Line("table", Quote(table));
            }

            if (source.Map.Count > 0)
            {
                Line("map", Pairs(source.Map.Select(m => (m.Key, MapValue(variable, m.Value)))));
            }
        }

        void Line(string key, string value) => text.Append(indent).Append(key).Append(": ").Append(value).Append('\n');
    }

    private static void WriteTable(StringBuilder text, TableSource table)
    {
        text.Append("name: ").Append(Quote(table.Name)).Append("\n    subject: ").Append(Quote(table.SubjectColumn)).Append('\n');
        if (table.Where.Count > 0)
        {
            text.Append("    where: ").Append(Pairs(table.Where.Select(w => (w.Key, Quote(w.Value))))).Append('\n');
        }
    }

    private static void WriteOmics(StringBuilder text, OmicsTable table)
    {
        text.Append(CultureInfo.InvariantCulture, $"name: {Quote(table.Name)}\n    unit: {Quote(table.Unit)}\n    features: {table.FeatureCount}\n");
        if (table.FeatureKind != OmicsTable.UnknownKind)
        {
            text.Append("    featureKind: ").Append(table.FeatureKind).Append('\n');
        }

        if (table.Samples is { } samples)
        {
            text.Append(CultureInfo.InvariantCulture, $"    samples: {{ key: {Quote(samples.Key)}, rows: {samples.RowCount} }}\n");
        }

        if (table.Source is not { } source)
        {
            return;
        }

        var parts = new List<string>();
        Add("subject", source.SubjectColumn);
        Add("prefix", source.FeaturePrefix);
        Add("suffix", source.FeatureSuffix);
        if (source.Exclude.Count > 0)
        {
            parts.Add($"exclude: [{string.Join(", ", source.Exclude.Select(Quote))}]");
        }

        Add("key", source.Key);
        text.Append("    source: { ").AppendJoin(", ", parts).Append(" }\n");

        void Add(string key, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parts.Add($"{key}: {Quote(value)}");
            }
        }
    }

    private static void WriteEndpoint(StringBuilder text, EventEndpoint endpoint, EndpointSource? source)
    {
        text.Append("name: ").Append(Quote(endpoint.Name)).Append("\n    label: ").Append(Quote(endpoint.Label)).Append('\n');
        if (endpoint.CompetingEvents.Count > 0)
        {
            text.Append("    competing: [").AppendJoin(", ", endpoint.CompetingEvents.Select(Quote)).Append("]\n");
        }

        if (source is not null)
        {
            string[] meanings = [EndpointReader.CensoredWord, EndpointReader.EventWord, .. endpoint.CompetingEvents];
            text.Append("    time: { column: ").Append(Quote(source.TimeColumn)).Append(", unit: ").Append(Quote(source.TimeUnit)).Append(" }\n")
                .Append("    status: { column: ").Append(Quote(source.StatusColumn)).Append(", codes: ")
                .Append(Pairs(source.Codes.Select(c => (c.Key, Quote(meanings[c.Value]))))).Append(" }\n");
        }
    }

    private static void WriteObservations(StringBuilder text, IReadOnlyList<Variable> variables, ObservationSource? source)
    {
        text.Append("observations:\n");
        if (source is not null)
        {
            text.Append("  subject: ").Append(Quote(source.SubjectColumn)).Append("\n  time: { column: ").Append(Quote(source.TimeColumn))
                .Append(", unit: ").Append(Quote(source.TimeUnit)).Append(" }\n");
            if (source.VariableColumn is not null && source.ValueColumn is not null)
            {
                text.Append("  variableColumn: ").Append(Quote(source.VariableColumn)).Append("\n  valueColumn: ").Append(Quote(source.ValueColumn)).Append('\n');
            }
        }

        text.Append("  variables:\n");
        foreach (var (index, variable) in variables.Index())
        {
            text.Append("    - ");
            WriteVariable(text, variable, source?.Variables[index], "      ");
        }
    }

    private static string Pairs(IEnumerable<(string Key, string Value)> pairs) =>
        $"{{ {string.Join(", ", pairs.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => $"{Quote(p.Key)}: {p.Value}"))} }}";

    // A number must stay plain to read back as a number; an empty text means missing.
    private static string MapValue(Variable variable, string value) => value.Length == 0 ? "~" : variable.IsNumeric ? value : Quote(value);

    private static string Limit(double limit) => double.IsFinite(limit) ? limit.ToString("R", CultureInfo.InvariantCulture) : "~";

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static string Quote(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var c in text)
        {
            _ = c switch
            {
                '"' or '\\' => quoted.Append('\\').Append(c),
                '\n' => quoted.Append("\\n"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) || c is '\u2028' or '\u2029' or '\uFEFF' or >= '\uFFFE' =>
                    quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('"').ToString();
    }
}
