using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary><c>omics/NAME.parquet</c>: one row a subject in the order of the subjects table; <c>subject</c>, then a float column for each feature,
/// NaN = missing.</summary>
internal static class OmicsLayerTable
{
    public static string FileName(string layer) => $"omics/{layer}.parquet";

    public static void Write(Stream stream, Cohort cohort, OmicsLayer layer, TableCompression compression)
    {
        var columns = new List<(string, Array)> { (SubjectTable.IdColumn, SubjectTable.Ids(cohort)) };
        for (var f = 0; f < layer.Features.Count; f++)
        {
            var values = new float[cohort.Count];
            for (var s = 0; s < values.Length; s++)
            {
                values[s] = layer.Row(s)[f];
            }

            columns.Add((layer.Features[f], values));
        }

        TableWriter.Write(stream, columns, compression);
    }

    public static OmicsLayer Read(Stream stream, OmicsTable declared, SubjectId[] subjects, CohortLimits limits)
    {
        var name = FileName(declared.Name);
        return TableReader.Read(stream, name, subjects.Length, names => Columns(names, declared), limits, table =>
        {
            var faults = new TableFaults(name);
            var ids = table.ReadTexts(SubjectTable.IdColumn);
            if (ids.Zip(subjects).Any(p => p.First != p.Second.Value))
            {
                faults.Add($"The subjects are not those of {SubjectTable.FileName} in their order. Import the cohort again.");
            }

            var features = table.ColumnNames.Skip(1).ToArray();
            var values = new float[subjects.Length * features.Length];
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
            return new OmicsLayer(declared.Name, declared.Unit, features, values);
        });
    }

    // Feature names are the table's own; how many there are is the manifest's to say.
    private static IReadOnlyList<TableColumn> Columns(IReadOnlyList<string> names, OmicsTable declared) =>
    [
        new TableColumn(SubjectTable.IdColumn, typeof(string)),
        .. Enumerable.Range(1, declared.FeatureCount).Select(i => new TableColumn(i < names.Count ? names[i] : $"feature {i}", typeof(float))),
    ];
}
