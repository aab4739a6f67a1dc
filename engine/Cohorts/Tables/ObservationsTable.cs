using DigitalTwin.Vocabulary;

namespace DigitalTwin.Cohorts.Tables;

/// <summary><c>observations.parquet</c>: one row a value; <c>subject</c>, <c>days</c> from time zero, <c>variable</c>, <c>value</c> (the index of
/// the level for a categorical variable). Ordered by subject as in the subjects table, then day, then variable as in the manifest.</summary>
internal static class ObservationsTable
{
    public const string FileName = "observations.parquet";

    private const string DaysColumn = "days";
    private const string VariableColumn = "variable";
    private const string ValueColumn = "value";

    private static readonly TableColumn[] _columns =
    [
        new(SubjectTable.IdColumn, typeof(string)), new(DaysColumn, typeof(double)), new(VariableColumn, typeof(string)), new(ValueColumn, typeof(double)),
    ];

    public static void Write(Stream stream, Cohort cohort, ObservationTable observations, TableCompression compression)
    {
        var subjects = new string[observations.Count];
        var variables = new string[observations.Count];
        for (var i = 0; i < subjects.Length; i++)
        {
            subjects[i] = cohort.Subjects[observations.Subjects[i]].Value;
            variables[i] = observations.Variables[observations.VariableIndices[i]].Name;
        }

        TableWriter.Write(
            stream,
            [
                (SubjectTable.IdColumn, subjects), (DaysColumn, observations.Days.ToArray()),
                (VariableColumn, variables), (ValueColumn, observations.Values.ToArray()),
            ],
            compression);
    }

    public static ObservationTable Read(Stream stream, CohortManifest manifest, int rowCount, SubjectId[] subjects, CohortLimits limits) =>
        TableReader.Read(stream, FileName, rowCount, _ => _columns, limits, table =>
        {
            var faults = new TableFaults(FileName);
            var days = table.ReadDoubles(DaysColumn);
            var values = table.ReadDoubles(ValueColumn);
            var rows = ReadSubjects(table, subjects, faults);
            var variables = ReadVariables(table, manifest.ObservedVariables, faults);
            faults.ThrowIfAny();
            for (var i = 0; i < rows.Length && !faults.IsFull; i++)
            {
                var fault = !double.IsFinite(days[i]) ? "has a day that is not finite"
                    : double.IsNaN(values[i]) ? "has no value"
                    : VariableValues.FaultOf(manifest.ObservedVariables[variables[i]], values[i]);
                if (fault is not null)
                {
                    faults.Add($"Row {i + 1}, '{manifest.ObservedVariables[variables[i]].Name}' of subject '{subjects[rows[i]]}', {fault}. Import the cohort again.");
                }
                else if (i > 0 && (rows[i - 1], days[i - 1], variables[i - 1]).CompareTo((rows[i], days[i], variables[i])) > 0)
                {
                    faults.Add($"Row {i + 1} is not in the order of subject, day and variable. Import the cohort again.");
                }
            }

            faults.ThrowIfAny();
            return new ObservationTable(manifest.ObservedVariables, rows, days, variables, values);
        });

    private static int[] ReadSubjects(TableReader table, SubjectId[] subjects, TableFaults faults)
    {
        var ids = table.ReadTexts(SubjectTable.IdColumn);
        var rowOf = new Dictionary<string, int>(subjects.Length, StringComparer.Ordinal);
        foreach (var (row, subject) in subjects.Index())
        {
            rowOf.Add(subject.Value, row);
        }

        var rows = new int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            if (i > 0 && ReferenceEquals(ids[i], ids[i - 1]))
            {
                rows[i] = rows[i - 1];
            }
            else if (!rowOf.TryGetValue(ids[i], out rows[i]))
            {
                faults.Add($"Subject '{ids[i]}' is not in {SubjectTable.FileName}. Import the cohort again from its source.");
            }
        }

        return rows;
    }

    private static short[] ReadVariables(TableReader table, IReadOnlyList<Variable> declared, TableFaults faults)
    {
        var names = table.ReadTexts(VariableColumn);
        var indexOf = declared.Index().ToDictionary(v => v.Item.Name, v => (short)v.Index, StringComparer.Ordinal);
        var indices = new short[names.Length];
        for (var i = 0; i < names.Length; i++)
        {
            if (!indexOf.TryGetValue(names[i], out indices[i]))
            {
                faults.Add($"Row {i + 1} observes a variable the manifest does not declare. Import the cohort again.");
            }
        }

        return indices;
    }
}
