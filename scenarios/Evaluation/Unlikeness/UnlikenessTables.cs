using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation.Unlikeness;

/// <summary>Test subjects unlike the training subjects, on the terminal.</summary>
internal static class UnlikenessTables
{
    public static void Write(IAnsiConsole console, UnlikenessResult result)
    {
        var output = console.Profile.Out.Writer;
        if (result.Note is { } note || result.Share is not { } share)
        {
            output.WriteLine($"unlike training: {TerminalText.Clean(result.Note ?? string.Empty)}");
            return;
        }

        TextTable.Write(
            console,
            ["error", "of subjects like training", "of unlike subjects", "difference", "verdict"],
            result.Models.Select(m => (string[])
            [
                m.Model, EvaluationTables.Number(m.LikeError), EvaluationTables.Number(m.UnlikeError), EvaluationTables.Interval(m.Difference, m.Lower, m.Upper), m.Verdict,
            ]));
        output.WriteLine(FormattableString.Invariant(
            $"unlike training: {result.Unlike} of {result.Judged} test subjects (share {EvaluationTables.Interval(share.Mean, share.Lower, share.Upper)}), p at most {result.Below}; {100 * result.Below:0.#} % are expected of subjects like those of training. {result.Unknown} have something that nobody in training had, or lack what nobody lacked. Error: {result.Error}."));
    }
}
