using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>Reads one entry of <c>omics</c>: what the layer is, and where its values stand in its file.</summary>
internal static class OmicsReader
{
    /// <param name="fields">The entry.</param>
    /// <param name="isBundle">True for the manifest of a bundle, which must say how many features there are.</param>
    public static OmicsEntry? Read(ManifestFields fields, bool isBundle)
    {
        var name = fields.Name("name");
        var unit = fields.Unit("unit", absent: "1", required: true);
        var features = fields.Count("features", required: isBundle);
        var kind = fields.Word("featureKind", OmicsTable.FeatureKinds, absent: OmicsTable.UnknownKind);
        var source = ReadSource(fields.Mapping("source"));
        var samples = ReadSamples(fields.Mapping("samples"));
        fields.RefuseUnknownKeys();
        return name is null ? null : new OmicsEntry(new OmicsTable(name, unit, features, kind, source, samples));
    }

    /// <summary>Reports every <c>source.key</c> and <c>samples.key</c> that is no categorical variable.</summary>
    public static void RefuseUnknownKeys(ManifestFields root, IEnumerable<OmicsTable> tables, IReadOnlyList<Variable> variables)
    {
        foreach (var table in tables)
        {
            Refuse(table, "source.key", table.Source?.Key);
            Refuse(table, "samples.key", table.Samples?.Key);
        }

        void Refuse(OmicsTable table, string field, string? key)
        {
            if (key is null || variables.Any(v => v.Name == key && !v.IsNumeric))
            {
                return;
            }

            var nearest = NearestName.Find(key, variables.Where(v => !v.IsNumeric).Select(v => v.Name));
            root.Report(
                root.Node("omics")!.Location,
                $"omics.{table.Name}.{field} is '{key}', which is no categorical variable."
                + (nearest is null ? " Declare it under 'variables'." : $" Did you mean '{nearest}'?"));
        }
    }

    private static SampleRows? ReadSamples(ManifestFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var (key, rows) = (fields.Text("key", required: true), fields.Count("rows"));
        fields.RefuseUnknownKeys();
        return key is null ? null : new SampleRows(key, rows);
    }

    private static LayerSource? ReadSource(ManifestFields? fields)
    {
        if (fields is null)
        {
            return null;
        }

        var source = new LayerSource(
            fields.Text("subject"), fields.Text("prefix") ?? string.Empty, fields.Text("suffix") ?? string.Empty, fields.Texts("exclude"), fields.Text("key"));
        fields.RefuseUnknownKeys();
        return source;
    }

    /// <summary>A layer as an entry of a list.</summary>
    internal readonly record struct OmicsEntry(OmicsTable Table);
}
