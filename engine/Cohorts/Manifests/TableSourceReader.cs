using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Manifests;

/// <summary>Reads one entry of <c>tables</c>: a further file with a row a subject.</summary>
internal static class TableSourceReader
{
    public static TableEntry? Read(ManifestFields fields)
    {
        var name = fields.Name("name");
        var subject = fields.Text("subject", required: true);
        var where = fields.Pairs("where").ToDictionary(p => p.Key.Text, p => p.Value.Text, StringComparer.Ordinal);
        fields.RefuseUnknownKeys();
        return name is null || subject is null ? null : new TableEntry(new TableSource(name, subject, where));
    }

    /// <summary>Reports every variable that stands in a table nobody declared.</summary>
    public static void RefuseUnknown(ManifestFields root, IEnumerable<VariableSource> sources, IReadOnlyList<string> tables)
    {
        foreach (var table in sources.Select(s => s.Table).OfType<string>().Distinct().Where(t => !tables.Contains(t)))
        {
            var nearest = NearestName.Find(table, tables);
            root.Report(
                root.Node("variables")!.Location,
                $"A variable stands in the table '{table}', which is not under 'tables'." + (nearest is null ? " Declare it there." : $" Did you mean '{nearest}'?"));
        }
    }

    /// <summary>A table as an entry of a list.</summary>
    internal readonly record struct TableEntry(TableSource Table);
}
