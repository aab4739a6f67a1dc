using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Explanations on the terminal.</summary>
internal static class ExplanationTables
{
    public static void Write(IAnsiConsole console, ExplanationResult result)
    {
        var output = console.Profile.Out.Writer;
        output.WriteLine(TerminalText.Clean(Invariant($"Why '{result.Model}' predicts what it does: {result.Quantity}, by a model that has not seen the subject.")));
        output.WriteLine();
        string[] modalities = [.. result.Modalities.Select(m => m.Name)];
        TextTable.Write(
            console,
            ["subject", "prediction", "mean of training", .. modalities],
            result.Subjects.Select(s => (string[])
            [
                s.Subject, EvaluationTables.Number(s.Prediction), EvaluationTables.Number(s.Baseline), .. modalities.Select(m => s.Modalities.FirstOrDefault(c => c.Name == m) is { } c ? Signed(c.Value) : string.Empty),
            ]));
        Features(console, result);
        Pathways(console, result);
        Edges(console, result);
        foreach (var subject in result.Subjects)
        {
            Lines(output, subject, subject.Quantity == result.Quantity ? null : subject.Quantity);
        }

        output.WriteLine();
        TextTable.Write(
            console,
            [Invariant($"mean size over {result.Over} test subjects of {result.Split}"), "of", "contribution"],
            result.Modalities.Select(m => (string[])["modality", m.Name, EvaluationTables.Number(m.Value)])
                .Concat(result.Features.Select(f => (string[])["feature (link scale)", f.Name, EvaluationTables.Number(f.Value)])));
        foreach (var note in result.Notes)
        {
            output.WriteLine($"explanation: {TerminalText.Clean(note)}");
        }
    }

    private static void Features(IAnsiConsole console, ExplanationResult result)
    {
        var rows = result.Subjects.SelectMany(s => s.Features.Select(f => (string[])[s.Subject, f.Name, Signed(f.Value), EvaluationTables.Number(f.Error)])).ToArray();
        if (rows.Length > 0)
        {
            TextTable.Write(console, ["subject", "feature", "contribution", "error of sampling"], rows);
        }
    }

    private static void Pathways(IAnsiConsole console, ExplanationResult result)
    {
        var rows = result.Subjects.SelectMany(s => s.Pathways.Select(p => (string[])
        [
            s.Subject, p.Name.Length == 0 ? p.Id : $"{p.Id} {p.Name}", Invariant($"{p.GeneCount}"), Signed(p.Value),
        ])).ToArray();
        if (rows.Length > 0)
        {
            TextTable.Write(console, ["subject", "pathway", "genes", "contribution (link scale)"], rows);
        }
    }

    private static void Edges(IAnsiConsole console, ExplanationResult result)
    {
        var rows =
            from subject in result.Subjects
            from part in subject.Parts
            from edge in part.Edges?.Edges ?? []
            select (string[])[subject.Subject, part.Name, edge.Name, Signed(edge.Value), EvaluationTables.Number(edge.Error)];
        if (rows.ToArray() is { Length: > 0 } some)
        {
            TextTable.Write(console, ["subject", "part", "edge", "contribution (link scale)", "spread over members"], some);
        }
    }

    private static void Lines(TextWriter output, SubjectExplanation subject, string? quantity)
    {
        void Line(string text) => output.WriteLine(TerminalText.Clean($"{subject.Subject}: {text}"));
        if (quantity is not null)
        {
            Line($"explained is the {quantity}.");
        }

        if (subject.Region is { } region)
        {
            Line($"{region}.");
        }

        if (subject.Likeness is { } likeness)
        {
            Line(likeness.Sentence);
            if (likeness.Similar.Count > 0)
            {
                Line(Invariant($"most similar in training: {string.Join(", ", likeness.Similar.Select(s => Invariant($"{s.Subject} (distance {s.Distance:0.00})")))}."));
            }
        }

        Line(subject.Counterfactual?.Sentence ?? "nothing that may change was measured, so that no counterfactual was looked for.");
    }

    private static string Signed(double value) => value >= 0.0005 ? $"+{EvaluationTables.Number(value)}" : EvaluationTables.Number(value);

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
