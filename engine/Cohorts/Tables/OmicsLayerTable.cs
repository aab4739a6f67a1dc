using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary><c>omics/NAME.parquet</c>: a float column for each feature, NaN = missing, after the name of the row. One row a subject in the order of the subjects table
/// (<c>subject</c>), or, where subjects share samples, one row a sample (<c>sample</c>, a level of the key variable).</summary>
internal static class OmicsLayerTable
{
    public const string SampleColumn = "sample";

    public static string FileName(string layer) => $"omics/{layer}.parquet";

    /// <param name="stream">Where to.</param>
    /// <param name="cohort">Whose layer it is.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="declared">As the manifest has it, with the samples where rows are shared.</param>
    /// <param name="compression">Codec.</param>
    public static void Write(Stream stream, Cohort cohort, OmicsLayer layer, OmicsTable declared, TableCompression compression)
    {
        var samples = declared.Samples is { } shared ? SampleIndex.Of(cohort, layer, shared.Key) : null;
        int[] rows = samples?.Rows ?? [.. Enumerable.Range(0, cohort.Count).Select(layer.RowOf)];
        var columns = new List<(string, Array)> { samples is null ? (SubjectTable.IdColumn, SubjectTable.Ids(cohort)) : (SampleColumn, samples.Names) };
        for (var f = 0; f < layer.Features.Count; f++)
        {
            var values = new float[rows.Length];
            for (var s = 0; s < values.Length; s++)
            {
                values[s] = layer.HeldRow(rows[s])[f];
            }

            columns.Add((layer.Features[f], values));
        }

        TableWriter.Write(stream, columns, compression);
    }

    public static OmicsLayer Read(Stream stream, OmicsTable declared, SubjectId[] subjects, IReadOnlyList<Column> cohort, CohortLimits limits)
    {
        var name = FileName(declared.Name);
        var rowCount = declared.Samples?.RowCount ?? subjects.Length;
        return TableReader.Read(stream, name, rowCount, names => Columns(names, declared), limits, table =>
        {
            var faults = new TableFaults(name);
            var rowOf = declared.Samples is { } samples ? RowsOfSamples(table, samples.Key, cohort, faults) : null;
            if (rowOf is null && table.ReadTexts(SubjectTable.IdColumn).Zip(subjects).Any(p => p.First != p.Second.Value))
            {
                faults.Add($"The subjects are not those of {SubjectTable.FileName} in their order. Import the cohort again.");
            }

            var features = table.ColumnNames.Skip(1).ToArray();
            var values = new float[rowCount * features.Length];
            for (var f = 0; f < features.Length; f++)
            {
                var column = table.ReadFloats(features[f]);
                for (var s = 0; s < column.Length; s++)
                {
                    values[(s * features.Length) + f] = column[s];
                }

                if (column.Any(float.IsInfinity))
                {
                    faults.Add($"Feature '{features[f]}' has an infinite value. Correct the source and import the cohort again.");
                }
            }

            faults.ThrowIfAny();
            return rowOf is null
                ? new OmicsLayer(declared.Name, declared.Unit, features, values)
                : OmicsLayer.Shared(declared.Name, declared.Unit, features, values, rowOf);
        });
    }

    /// <returns>Row of each subject's sample, -1 where the table has none; shape [subjects].</returns>
    private static int[] RowsOfSamples(TableReader table, string key, IReadOnlyList<Column> cohort, TableFaults faults)
    {
        var column = (CategoricalColumn)cohort.First(c => c.Variable.Name == key);
        var levels = column.Variable.Levels.Index().ToDictionary(l => l.Item, l => l.Index, StringComparer.Ordinal);
        var rowOf = new int[levels.Count];
        Array.Fill(rowOf, -1);
        foreach (var (row, sample) in table.ReadTexts(SampleColumn).Index())
        {
            if (!levels.TryGetValue(sample, out var level))
            {
                faults.Add($"Sample '{sample}' is no level of '{key}'. Import the cohort again.");
            }
            else if (rowOf[level] >= 0)
            {
                faults.Add($"Sample '{sample}' stands in two rows. Import the cohort again with one row a sample.");
            }
            else
            {
                rowOf[level] = row;
            }
        }

        return [.. column.Codes.ToArray().Select(code => code < 0 ? -1 : rowOf[code])];
    }

    // Feature names are the table's own; how many there are is the manifest's to say.
    private static IReadOnlyList<TableColumn> Columns(IReadOnlyList<string> names, OmicsTable declared) =>
    [
        new TableColumn(declared.Samples is null ? SubjectTable.IdColumn : SampleColumn, typeof(string)),
        .. Enumerable.Range(1, declared.FeatureCount).Select(i => new TableColumn(i < names.Count ? names[i] : $"feature {i}", typeof(float))),
    ];
}
