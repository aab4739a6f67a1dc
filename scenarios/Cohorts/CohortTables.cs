using System.Globalization;
using DigitalTwin.Vocabulary;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Cohorts;

/// <summary>Draws a <see cref="CohortSummary"/> as tables for a terminal.</summary>
internal static class CohortTables
{
    public static void Write(CohortSummary summary, IAnsiConsole console)
    {
        console.MarkupLineInterpolated($"[bold]{summary.Id}[/]  {summary.Title}");
        console.MarkupLineInterpolated($"{summary.SubjectCount} subjects, day 0 is {summary.TimeOrigin}. Licence {summary.Licence}.");
        console.MarkupLineInterpolated($"[grey]sha256 {summary.Hash}[/]");
        console.Write(Variables(summary));
        if (summary.Endpoints.Count > 0)
        {
            console.Write(Endpoints(summary));
        }

        if (summary.Observations.Count > 0)
        {
            console.Write(Observations(summary));
        }

        if (summary.Omics.Count > 0)
        {
            console.Write(Layers(summary));
        }

        console.MarkupLineInterpolated($"[grey]{summary.Provenance}[/]");
    }

    private static Table Variables(CohortSummary summary)
    {
        var table = Titled("Variables", ["variable", "role", "unit", "n", "missing", "values"], rightFrom: 3, rightTo: 4);
        foreach (var v in summary.Variables)
        {
            Add(table, v.Name, v.Role, v.Unit, Text(summary.SubjectCount - v.MissingCount), Text(v.MissingCount), Values(v));
        }

        return table;
    }

    private static string Values(VariableSummary variable) =>
        variable.Levels.Count > 0 ? string.Join(", ", variable.Levels.Select(l => $"{l.Level}: {Text(l.Count)}"))
        : variable.Median is null ? string.Empty
        : $"{Text(variable.Minimum)} to {Text(variable.Maximum)}, median {Text(variable.Median)}, mean {Text(variable.Mean)}";

    private static Table Endpoints(CohortSummary summary)
    {
        var table = Titled("Endpoints", ["endpoint", "n", "events", "competing", "median follow-up (a)", "longest (a)"], rightFrom: 1, rightTo: 5);
        foreach (var e in summary.Endpoints)
        {
            Add(
                table,
                e.Name,
                Text(e.SubjectCount),
                Text(e.EventCount),
                string.Join(", ", e.CompetingCounts.Select(c => $"{c.Level}: {Text(c.Count)}")),
                Text(Years(e.MedianFollowUpDays)),
                Text(Years(e.MaximumDays)));
        }

        return table;
    }

    private static Table Observations(CohortSummary summary)
    {
        var table = Titled("Observations", ["variable", "unit", "values", "subjects", "last (a)"], rightFrom: 2, rightTo: 4);
        foreach (var o in summary.Observations)
        {
            Add(table, o.Name, o.Unit, Text(o.Count), Text(o.SubjectCount), Text(Years(o.LastDay)));
        }

        return table;
    }

    private static Table Layers(CohortSummary summary)
    {
        var table = Titled("Omics layers", ["layer", "features named by", "unit", "features", "without a value", "subjects", "missing (%)"], rightFrom: 3, rightTo: 6);
        foreach (var o in summary.Omics)
        {
            Add(table, o.Name, o.FeatureKind, o.Unit, Text(o.FeatureCount), Text(o.EmptyFeatureCount), Text(o.SubjectCount), Text(100 * o.MissingShare));
        }

        return table;
    }

    private static Table Titled(string title, string[] columns, int rightFrom, int rightTo)
    {
        var table = new Table().Title(title).Border(TableBorder.Simple);
        foreach (var (index, column) in columns.Index())
        {
            table.AddColumn(new TableColumn(column) { Alignment = index >= rightFrom && index <= rightTo ? Justify.Right : Justify.Left, NoWrap = index == 0 });
        }

        return table;
    }

    private static void Add(Table table, params string[] cells) => table.AddRow([.. cells.Select(c => new Text(c))]);

    private static double? Years(double? days) => days is null ? null : Duration.FromDays(days.Value).In(TimeUnit.Year);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // Four significant digits: enough to judge, few enough to read.
    private static string Text(double? number) => number is null
        ? string.Empty
        : number.Value.ToString(Math.Abs(number.Value) >= 1000 ? "F0" : "G4", CultureInfo.InvariantCulture);
}
