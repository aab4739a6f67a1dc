using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output.Adam;

/// <summary>Baseline covariates that both arms' cohorts have, as ADSL variables in the order of the treated cohort.</summary>
internal static class AdamCovariates
{
    public static IEnumerable<AdamColumn> Columns(AdamStudy study, HashSet<string> taken)
    {
        var treatedRows = RowsOf(study.Treated.Cohort);
        var controlRows = RowsOf(study.Control.Cohort);
        var rows = study.Trial.Subjects
            .Select((subject, i) => (study.Trial.Treated[i], Row: Find(study.Trial.Treated[i] ? treatedRows : controlRows, subject)))
            .ToArray();
        foreach (var column in study.Treated.Cohort.Columns.Where(c => c.Variable.Role == VariableRole.Covariate))
        {
            if (study.Control.Cohort.TryGetColumn(column.Variable.Name, out var other) && other.Variable.IsNumeric == column.Variable.IsNumeric)
            {
                var name = AdamNames.Take(string.Empty, column.Variable.Name, taken);
                yield return column.Variable.IsNumeric
                    ? new AdamNumberColumn(name, Label(column.Variable), [.. rows.Select(r => Number(r.Item1 ? column : other, r.Row))])
                    : new AdamTextColumn(name, Label(column.Variable), [.. rows.Select(r => Level(r.Item1 ? column : other, r.Row))]);
            }
        }
    }

    private static Dictionary<SubjectId, int> RowsOf(Cohort cohort) =>
        cohort.Subjects.Select((subject, row) => (subject, row)).ToDictionary(p => p.subject, p => p.row);

    private static int Find(Dictionary<SubjectId, int> rows, SubjectId subject) =>
        rows.TryGetValue(subject, out var row) ? row : throw new ArgumentException($"Subject '{subject}' is not in its arm's cohort.");

    private static double Number(Column column, int row) => ((NumericColumn)column).Values[row];

    private static string? Level(Column column, int row) => ((CategoricalColumn)column).Level(row);

    private static string Label(Variable variable) =>
        variable.Unit is "" or "1" ? variable.Label : $"{variable.Label} ({variable.Unit})";
}
