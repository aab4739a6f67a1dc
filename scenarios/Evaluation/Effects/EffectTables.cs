using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation.Effects;

/// <summary>An effect on the terminal.</summary>
internal static class EffectTables
{
    public static void Write(IAnsiConsole console, EffectResult effect)
    {
        var arms = $"{effect.Treated} against {effect.Against}";
        TextTable.Write(console, [$"{effect.Measure}, {arms}", "effect"], [["crude", Text(effect.Crude)], ["doubly robust", Text(effect.Average)]]);
        TextTable.Write(
            console,
            ["effect on each, held out", "mean", "SD", "Qini", "AUTOC", "slope \u21921", "verdict"],
            effect.Learners.Select(l => (string[])
            [
                l.Learner, EvaluationTables.Number(l.Mean), EvaluationTables.Number(l.StandardDeviation), Text(l.Qini), Text(l.Autoc), Text(l.Slope), l.Verdict,
            ]));
        var output = console.Profile.Out.Writer;
        var by = effect.Propensity.Count == 0 ? "arms taken as randomised" : $"probability of the arm by {string.Join(", ", effect.Propensity)}";
        var clipped = effect.ClippedCount > 0 ? FormattableString.Invariant($"; {effect.ClippedCount:0.#} subjects had one below 0.02 or above 0.98, which was cut to that") : string.Empty;
        output.WriteLine(TerminalText.Clean(FormattableString.Invariant(
            $"effect: {effect.TreatedCount} subjects of {effect.Treated}, {effect.AgainstCount} of {effect.Against}{(effect.HorizonDays is { } days ? FormattableString.Invariant($", at day {days:0.#}") : string.Empty)}; outcomes by {effect.Model}, {by}{clipped}; {effect.PassCount} pass{(effect.PassCount == 1 ? string.Empty : "es")}.")));
        foreach (var learner in effect.Learners.Where(l => l.Failure is not null))
        {
            output.WriteLine($"effect: {learner.Learner} was not learnt: {TerminalText.Clean(learner.Failure!)}");
        }

        output.WriteLine($"effect: {TerminalText.Clean(effect.Claim)}");
    }

    private static string Text(EffectNumber? number) => number is null ? "not told" : EvaluationTables.Interval(number.Value, number.Lower, number.Upper);
}
