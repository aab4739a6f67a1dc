using System.Globalization;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>What models say of changed genes, on the terminal.</summary>
internal static class PerturbationTables
{
    public static void Write(IAnsiConsole console, PerturbedResult result)
    {
        var output = console.Profile.Out.Writer;
        output.WriteLine(TerminalText.Clean($"If genes were changed: shift of the {result.Quantity}, held-out subjects before and after, by models that have not seen them. {result.Claim}"));
        output.WriteLine();
        TextTable.Write(
            console,
            [
                "change", "model", "mean shift", "spread inside the model",
                $"raised{Good(result, PolicyBinder.Highest)}", $"lowered{Good(result, PolicyBinder.Lowest)}", "verdict",
            ],
            result.Rows.Select(r => (string[])
            [
                r.Change, r.Model, Shift(r), r.Verdict is "no weight" or "nothing changed" ? string.Empty : Signed(r.Spread)[(double.IsNaN(r.Spread) ? 0 : 1)..], Percent(r.RaisedShare), Percent(r.LoweredShare), r.Verdict,
            ]));
        var moved = result.Rows.DistinctBy(r => r.Change).SelectMany(r => r.Pathways.Select(p => (string[])
        [
            r.Change, p.Name.Length == 0 ? p.Id : $"{p.Id} {p.Name}", Invariant($"{p.GeneCount}"), Signed(p.Shift),
        ])).ToArray();
        if (moved.Length > 0)
        {
            TextTable.Write(console, ["change", "pathway that moved most", "genes measured", "mean shift (SD of training)"], moved);
        }

        foreach (var change in result.Rows.GroupBy(r => r.Change))
        {
            output.WriteLine(TerminalText.Clean($"perturb {change.Key}: {change.First().What}. {string.Join(" ", change.SelectMany(r => r.Findings).Distinct())}"));
        }

        output.WriteLine($"perturb: intervals {result.Interval}.");
        foreach (var note in result.Notes)
        {
            output.WriteLine($"perturb: {TerminalText.Clean(note)}");
        }
    }

    private static string Good(PerturbedResult result, string direction) => result.Best is not { } best ? string.Empty : best == direction ? " (better)" : " (worse)";

    // A bare 0 would say that the gene does not matter; what is known is that the model does not look.
    private static string Shift(PerturbedRow row) => row.Verdict switch
    {
        "not asked" => "not told",
        "nothing changed" => "0: no value could change",
        "no weight" => "0: the model gives it no weight",
        _ => double.IsNaN(row.Shift.Lower) ? Signed(row.Shift.Mean) : $"{Signed(row.Shift.Mean)} ({Signed(row.Shift.Lower)} to {Signed(row.Shift.Upper)})",
    };

    // Small shifts keep two digits.
    private static string Signed(double value) => double.IsNaN(value) ? "not told"
        : !double.IsFinite(value) ? value > 0 ? "+inf" : "-inf"
        : value == 0 ? "+0"
        : Math.Abs(value) < 0.01 ? value.ToString("+0.0e0;-0.0e0", CultureInfo.InvariantCulture)
        : value.ToString(Math.Abs(value) >= 100 ? "+0.0;-0.0" : "+0.000;-0.000", CultureInfo.InvariantCulture);

    private static string Percent(double share) => double.IsNaN(share) ? "not told" : Invariant($"{100 * share:0.#} %");

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
