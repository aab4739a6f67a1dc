using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary><c>subjects.parquet</c>: one row a subject; <c>subject</c>, then a column for each variable. Numbers are doubles, NaN = missing;
/// levels are 16-bit codes into the manifest's levels, -1 = missing.</summary>
internal static class SubjectTable
{
    public const string FileName = "subjects.parquet";

    public const string IdColumn = "subject";

    public static void Write(Stream stream, Cohort cohort, TableCompression compression) => TableWriter.Write(
        stream,
        [
            (IdColumn, Ids(cohort)),
            .. cohort.Columns.Select(c => (c.Variable.Name, c switch
            {
                NumericColumn numeric => (Array)numeric.Values.ToArray(),
                CategoricalColumn categorical => categorical.Codes.ToArray(),
                _ => throw new ArgumentException($"Column '{c.Variable.Name}' is of unknown kind."),
            })),
        ],
        compression);

    public static (SubjectId[] Subjects, Column[] Columns) Read(Stream stream, CohortManifest manifest, int rowCount, CohortLimits limits) =>
        TableReader.Read(stream, FileName, rowCount, _ => Columns(manifest), limits, table =>
        {
            var faults = new TableFaults(FileName);
            var ids = ReadIds(table, faults);
            var columns = manifest.Variables.Select(v => ReadColumn(table, v, ids, faults)).ToArray();
            faults.ThrowIfAny();
            return (ids, columns);
        });

    public static string[] Ids(Cohort cohort) => [.. cohort.Subjects.Select(s => s.Value)];

    private static IReadOnlyList<TableColumn> Columns(CohortManifest manifest) =>
    [
        new TableColumn(IdColumn, typeof(string)),
        .. manifest.Variables.Select(v => new TableColumn(v.Name, v.IsNumeric ? typeof(double) : typeof(short))),
    ];

    private static SubjectId[] ReadIds(TableReader table, TableFaults faults)
    {
        var texts = table.ReadTexts(IdColumn);
        var seen = new HashSet<string>(texts.Length, StringComparer.Ordinal);
        foreach (var id in texts)
        {
            if (!seen.Add(id))
            {
                faults.Add($"Subject '{id}' stands in two rows. Import the cohort again with one row a subject.");
            }
        }

        return Array.ConvertAll(texts, t => new SubjectId(t));
    }

    private static Column ReadColumn(TableReader table, Variable variable, SubjectId[] ids, TableFaults faults)
    {
        if (!variable.IsNumeric)
        {
            var codes = table.ReadShorts(variable.Name);
            for (var i = 0; i < codes.Length; i++)
            {
                if (codes[i] < CategoricalColumn.Missing || codes[i] >= variable.Levels.Count)
                {
                    faults.Add($"'{variable.Name}' of subject '{ids[i]}' is no level of the manifest. Data and manifest disagree; import the cohort again.");
                }
            }

            return new CategoricalColumn(variable, codes);
        }

        var values = table.ReadDoubles(variable.Name);
        for (var i = 0; i < values.Length; i++)
        {
            if (VariableValues.FaultOf(variable, values[i]) is { } fault)
            {
                faults.Add($"'{variable.Name}' of subject '{ids[i]}' {fault}. Correct the source or the manifest and import the cohort again.");
            }
        }

        return new NumericColumn(variable, values);
    }
}
