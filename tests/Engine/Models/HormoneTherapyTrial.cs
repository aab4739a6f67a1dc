using DigitalTwin.Tests.Reference;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models;

/// <summary>GBSG's hormone-therapy arm against Rotterdam's node-positive untreated patients, to five years: the twins' proving ground.</summary>
internal static class HormoneTherapyTrial
{
    public static readonly Duration Horizon = Duration.From(5, TimeUnit.Year);

    public static readonly ArmId Treated = new("hormone");

    public static readonly ArmId Control = new("control");

    private static readonly CovariateColumn[] Columns =
    [
        new("age", null, "Age", false, "a"),
        new("meno", null, "Menopause", true, "1"),
        new("size", "20-50", "Size 20-50 mm", true, string.Empty),
        new("size", ">50", "Size > 50 mm", true, string.Empty),
        new("grade", null, "Grade", false, "1"),
        new("nodes", null, "Nodes", false, "1"),
        new("pgr", null, "PgR", false, "fmol/mg"),
        new("er", null, "ER", false, "fmol/mg"),
    ];

    public static TrialData Load()
    {
        var gbsg = ReferenceData.DataSet("gbsg");
        var rotterdam = ReferenceData.DataSet("rotterdam");
        var subjects = TreatedSubjects(gbsg).Concat(ControlSubjects(rotterdam)).ToList();
        subjects.Sort((a, b) => a.Treated != b.Treated ? b.Treated.CompareTo(a.Treated) : a.Id.CompareTo(b.Id));
        return new TrialData(
            [.. subjects.Select(s => s.Id)],
            [.. subjects.Select(s => s.Treated)],
            new CovariateMatrix(Columns, subjects.Count, [.. subjects.SelectMany(s => s.Covariates)]),
            new SurvivalOutcome(
                [.. subjects.Select(s => Math.Min(s.Days, Horizon.Days))],
                [.. subjects.Select(s => s.Event && s.Days <= Horizon.Days)],
                Horizon));
    }

    private static IEnumerable<Row> TreatedSubjects(ReferenceTable table)
    {
        var (days, size, status, treated) = (table.Numbers("rfstime"), table.Numbers("size"), table.Flags("status"), table.Flags("hormon"));
        var covariates = Covariates(table, [.. size.Select(s => s <= 20 ? 0 : s <= 50 ? 1 : 2)]);
        return from i in Enumerable.Range(0, table.RowCount)
               where treated[i]
               select new Row(new SubjectId($"gbsg-{table.Text("pid")[i]}"), true, covariates[i], days[i], status[i]);
    }

    private static IEnumerable<Row> ControlSubjects(ReferenceTable table)
    {
        var (recurrence, death) = (table.Numbers("rtime"), table.Numbers("dtime"));
        var (recurred, died, treated, nodes) = (table.Flags("recur"), table.Flags("death"), table.Flags("hormon"), table.Numbers("nodes"));
        var covariates = Covariates(table, [.. table.Text("size").Select(s => s switch { "<=20" => 0, "20-50" => 1, _ => 2 })]);
        return from i in Enumerable.Range(0, table.RowCount)
               where !treated[i] && nodes[i] > 0
               select new Row(
                   new SubjectId($"rotterdam-{table.Text("pid")[i]}"), false, covariates[i], recurred[i] ? recurrence[i] : death[i], recurred[i] || died[i]);
    }

    private static double[][] Covariates(ReferenceTable table, int[] size)
    {
        double[][] columns =
        [
            table.Numbers("age"), table.Numbers("meno"),
            [.. size.Select(s => s == 1 ? 1.0 : 0)], [.. size.Select(s => s == 2 ? 1.0 : 0)],
            table.Numbers("grade"), table.Numbers("nodes"), table.Numbers("pgr"), table.Numbers("er"),
        ];
        return [.. Enumerable.Range(0, table.RowCount).Select(i => columns.Select(c => c[i]).ToArray())];
    }

    private sealed record Row(SubjectId Id, bool Treated, double[] Covariates, double Days, bool Event);
}
