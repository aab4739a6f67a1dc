using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation.Translations;

/// <summary>How well a layer is predicted from others, on the terminal.</summary>
internal static class TranslationTables
{
    public static void Write(IAnsiConsole console, TranslatedResult result)
    {
        var output = console.Profile.Out.Writer;
        output.WriteLine(TerminalText.Clean($"Layer '{result.To}' of held-out subjects, predicted from {result.Sources}."));
        output.WriteLine();
        TextTable.Write(
            console,
            ["features above chance", "median correlation", "filled in where missing", Invariant($"coverage of {100 * result.Level:0.##} % intervals of those")],
            [[
                Invariant($"{result.AboveChanceCount} of {result.JudgedCount} ({100 * result.AboveChanceShare:0.#} %; {100 * result.ExpectedByChance:0.##} % by chance)"),
                Interval(result.MedianCorrelation),
                Interval(result.FilledShare),
                Interval(result.Coverage),
            ]]);
        var judged = result.Features.Where(f => !double.IsNaN(f.Correlation)).ToArray();
        var best = judged.Take(result.Shown).ToArray();
        var worst = judged.Skip(Math.Max(best.Length, judged.Length - result.Shown)).ToArray();
        if (best.Length > 0)
        {
            TextTable.Write(
                console,
                ["feature", "", "correlation", "R2", "coverage"],
                best.Select(f => Row("best", f)).Concat(worst.Select(f => Row("worst", f))));
        }

        output.WriteLine(TerminalText.Clean($"translate: intervals {result.Interval}. A feature is above chance where the interval of its correlation is above 0; features are not corrected for their number."));
        foreach (var note in result.Notes)
        {
            output.WriteLine($"translate: {TerminalText.Clean(note)}");
        }
    }

    private static string[] Row(string which, TranslatedFeature feature) =>
        [feature.Feature, which, EvaluationTables.Interval(feature.Correlation, feature.Lower, feature.Upper), EvaluationTables.Number(feature.R2), EvaluationTables.Number(feature.Coverage)];

    private static string Interval(ScoreResult score) => EvaluationTables.Interval(score.Mean, score.Lower, score.Upper);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
