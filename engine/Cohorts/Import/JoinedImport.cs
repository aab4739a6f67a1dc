using DigitalTwin.Cohorts.Csv;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Import;

/// <summary>Reads variables that stand in other files than the subjects: folds of a published split, annotations, a second clinical table.</summary>
internal static class JoinedImport
{
    /// <param name="layout">Says which tables there are, and which variable stands in which.</param>
    /// <param name="ids">Subject ids as the files write them, shape [subjects].</param>
    /// <param name="variables">Shape [variables]; those of a table take their values from it.</param>
    /// <param name="files">Path by name of table.</param>
    /// <param name="faults">Collects what is wrong.</param>
    public static void Read(
        ImportLayout layout, IReadOnlyList<string> ids, VariableImport[] variables, IReadOnlyDictionary<string, string> files, ImportFaults faults)
    {
        var rowOf = ids.Index().ToDictionary(i => i.Item, i => i.Index, StringComparer.Ordinal);
        foreach (var table in layout.Tables)
        {
            (VariableImport Import, string Column)[] wanted =
                [.. layout.Variables.Zip(variables).Where(v => v.First.Table == table.Name).Select(v => (v.Second, v.First.Column))];
            if (wanted.Length > 0 && files.TryGetValue(table.Name, out var path))
            {
                ReadTable(table, path, wanted, rowOf, faults);
            }
        }
    }

    private static void ReadTable(
        TableSource source, string path, (VariableImport Import, string Column)[] wanted, Dictionary<string, int> rowOf, ImportFaults faults)
    {
        using var table = CsvTable.Open(path);
        var missing = new List<Fault>();
        var idColumn = table.Find(source.SubjectColumn, missing);
        var columns = wanted.Select(w => table.Find(w.Column, missing)).ToArray();
        var conditions = source.Where.OrderBy(w => w.Key, StringComparer.Ordinal).Select(w => (Column: table.Find(w.Key, missing), Text: w.Value)).ToArray();
        if (missing.Count > 0)
        {
            throw new InvalidInputException(missing);
        }

        var seen = new bool[rowOf.Count];
        while (!faults.IsFull && table.ReadRow(faults) is { } row)
        {
            if (!rowOf.TryGetValue(row[idColumn], out var subject) || conditions.Any(c => row[c.Column] != c.Text))
            {
                continue;
            }

            if (seen[subject])
            {
                faults.Add(
                    row.LocationOf(idColumn), $"Subject '{row[idColumn]}' stands in two rows. Keep one row a subject, or say which under tables.{source.Name}.where.");
            }

            seen[subject] = true;
            foreach (var (index, (import, _)) in wanted.Index())
            {
                import.TakeAt(subject, row, columns[index], row[idColumn], faults);
            }
        }

        if (!seen.Contains(true) && !faults.IsFull)
        {
            faults.Add(new TextLocation(table.Name, 0, 0), "No row is of a subject of the cohort. Check the subject column, its prefix, and 'where'.");
        }
    }
}
