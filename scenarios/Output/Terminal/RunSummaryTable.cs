using DigitalTwin.Scenarios.Reports;
using DigitalTwin.Scenarios.Results;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Output.Terminal;

/// <summary>The end of a run on the terminal: every estimate, the truth where it was revealed, warnings, and where the report is.
/// A table on a terminal, tab-separated lines elsewhere.</summary>
public static class RunSummaryTable
{
    private static readonly string[] Columns = ["Measure", "Method", "Estimate", "Interval", "ESS control", "Truth", "Covered"];

    /// <param name="console">Where to write.</param>
    /// <param name="result">What the run found.</param>
    /// <param name="folder">Where the outputs are.</param>
    public static void Write(IAnsiConsole console, RunResult result, string folder)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(result);
        var context = new ReportContext(result);
        if (console.Profile.Out.IsTerminal)
        {
            WriteTable(console, context);
        }
        else
        {
            WriteLines(console.Profile.Out.Writer, context);
        }

        var output = console.Profile.Out.Writer;
        output.WriteLine();
        output.WriteLine(TerminalText.Clean(AnswerText.Headline(context)));
        foreach (var warning in result.Warnings)
        {
            output.WriteLine($"warning: {TerminalText.Clean(warning.MethodId is { } method ? $"{context.MethodLabel(method)}: {warning.Message}" : warning.Message)}");
        }

        output.WriteLine($"report: {Path.Combine(folder, RunOutputWriter.ReportFileName)}");
    }

    private static void WriteTable(IAnsiConsole console, ReportContext context)
    {
        var table = new Table { Border = TableBorder.Rounded, Title = new TableTitle(Markup.Escape(TerminalText.Clean(context.Result.Scenario.Title))) };
        foreach (var column in Columns)
        {
            table.AddColumn(new TableColumn(column) { Alignment = column is "Estimate" or "Interval" or "ESS control" or "Truth" ? Justify.Right : Justify.Left });
        }

        foreach (var estimate in context.Result.Estimates)
        {
            var style = estimate.Primary ? new Style(decoration: Decoration.Bold) : Style.Plain;
            table.AddRow(Cells(context, estimate).Select(cell => new Text(cell, style)));
        }

        console.Write(table);
    }

    private static void WriteLines(TextWriter output, ReportContext context)
    {
        output.WriteLine(string.Join('\t', Columns));
        foreach (var estimate in context.Result.Estimates)
        {
            output.WriteLine(string.Join('\t', Cells(context, estimate)));
        }
    }

    private static string[] Cells(ReportContext context, EstimateResult estimate)
    {
        var figures = estimate.Estimate;
        var comparison = context.Result.Reveal?.Comparisons.FirstOrDefault(c => c.EstimateId == estimate.Id);
        var arm = context.Result.ControlArms.FirstOrDefault(a => a.MethodId == figures.MethodId);
        return
        [
            context.Numbers.NameWithUnit(figures.Measure, figures.Time),
            TerminalText.Clean(context.MethodLabel(figures.MethodId)) + (estimate.Primary ? " (primary)" : string.Empty),
            context.Numbers.Value(figures.Measure, figures.Value, 1),
            context.Numbers.Interval(figures, 1),
            arm is null ? string.Empty : ReportNumbers.Fixed(arm.EssControl, 1),
            comparison is null ? string.Empty : context.Numbers.Value(figures.Measure, comparison.Truth, 1),
            comparison is null ? string.Empty : comparison.IntervalCovers ? "yes" : "no",
        ];
    }
}
