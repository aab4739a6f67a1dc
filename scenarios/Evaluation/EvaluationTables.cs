using System.Globalization;
using DigitalTwin.Scenarios.Evaluation.Effects;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Intervals;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Policies;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Evaluation.Unlikeness;
using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>An evaluation's result on the terminal: scores, paired differences, findings, notes, seconds. Tables on a terminal, tab-separated lines elsewhere.</summary>
internal static class EvaluationTables
{
    private const int NameWidth = 26;
    private const int ScoreWidth = 24;
    private const string DataWord = "data";

    public static void Write(IAnsiConsole console, EvaluationResult result)
    {
        var output = console.Profile.Out.Writer;
        output.WriteLine();
        output.WriteLine(TerminalText.Clean(result.Title));
        output.WriteLine(Invariant($"{result.Data.SubjectCount} subjects{(result.Data.EventCount is { } events ? Invariant($", {events} {EventWord(result)}") : string.Empty)}; {Inputs(result)}."));
        output.WriteLine(Invariant($"{result.Split.Count} {result.Split.Type} split{(result.Split.Count == 1 ? string.Empty : "s")}, on average {result.Split.MeanTrainingCount:0.#} learnt from and {result.Split.MeanTestCount:0.#} judged; seeds {string.Join(", ", result.Seeds)}."));
        output.WriteLine($"Intervals {result.Split.Interval}.");
        output.WriteLine();
        var perTable = console.Profile.Out.IsTerminal ? Math.Max(1, (console.Profile.Width - NameWidth) / ScoreWidth) : result.Metrics.Count;
        for (var first = 0; first < result.Metrics.Count; first += perTable)
        {
            WriteScores(console, result, first, Math.Min(first + perTable, result.Metrics.Count));
        }

        if (result.Comparisons.Count > 0)
        {
            WriteComparisons(console, result);
        }

        if (result.Policy is { } policy)
        {
            PolicyTables.Write(console, policy);
        }

        if (result.Effect is { } effect)
        {
            EffectTables.Write(console, effect);
        }

        if (result.Regions is { Classes.Count: > 0 } regions)
        {
            WriteClasses(console, regions);
        }

        if (result.Unlike is { } unlike)
        {
            UnlikenessTables.Write(console, unlike);
        }

        if (result.Explanation is { } explanation)
        {
            ExplanationTables.Write(console, explanation);
        }

        if (result.Perturbation is { } perturbation)
        {
            PerturbationTables.Write(console, perturbation);
        }

        if (result.Translation is { } translation)
        {
            TranslationTables.Write(console, translation);
        }

        // Every split says much the same in other numbers; those of the first are enough to read, and --json keeps all.
        WriteTexts(output, "findings", result.Models.SelectMany(m => m.Findings.TakeWhile(f => f.Split == m.Findings[0].Split).Select(f => f.Text.StartsWith($"{m.Name}:", StringComparison.Ordinal) ? f.Text : $"{m.Name}: {f.Text}")));
        WriteTexts(output, "not learnt", result.Models.SelectMany(m => m.Failures.Select(f => $"{m.Name}: {f}")));
        WriteTexts(output, DataWord, result.Notes);
    }

    /// <summary>What is to be known of the data before any training: it stands with the result, too.</summary>
    public static void Tell(RunProgress progress, EvaluationData data)
    {
        foreach (var note in data.Notes)
        {
            progress.Note($"{DataWord}: {note}");
        }
    }

    private static void WriteScores(IAnsiConsole console, EvaluationResult result, int first, int end)
    {
        string[] head = ["model", .. result.Metrics.Skip(first).Take(end - first).Select(m => m.Name + Arrow(m.Better)), "seconds"];
        TextTable.Write(console, head, result.Models.Select(m => (string[])
        [
            m.Name,
            .. m.Scores.Skip(first).Take(end - first).Select(s => Interval(s.Mean, s.Lower, s.Upper)),
            m.Seconds.ToString("0.0", CultureInfo.InvariantCulture),
        ]));
    }

    private static void WriteComparisons(IAnsiConsole console, EvaluationResult result) => TextTable.Write(
        console,
        [$"against {result.Comparisons[0].Reference}", "measure", "difference", "p", "verdict"],
        result.Comparisons.Select(c => (string[])
        [
            c.Model, c.Metric, Interval(c.Mean, c.Lower, c.Upper), double.IsNaN(c.PValue) ? string.Empty : c.PValue.ToString("0.000", CultureInfo.InvariantCulture), c.Verdict,
        ]));

    private static void WriteClasses(IAnsiConsole console, IntervalResult regions) => TextTable.Write(
        console,
        ["sets of", "class", FormattableString.Invariant($"coverage, {100 * regions.Level:0.##} % stated over all")],
        regions.Classes.Select(c => (string[])[c.Model, c.Class, Interval(c.Coverage.Mean, c.Coverage.Lower, c.Coverage.Upper)]));

    private static void WriteTexts(TextWriter output, string what, IEnumerable<string> texts)
    {
        foreach (var text in texts)
        {
            output.WriteLine($"{what}: {TerminalText.Clean(text)}");
        }
    }

    internal static string Interval(double mean, double lower, double upper) =>
        double.IsNaN(mean) ? "not told"
        : double.IsNaN(lower) ? Number(mean)
        : $"{Number(mean)} ({Number(lower)} to {Number(upper)})";

    // What rounds to zero is zero, without a sign.
    internal static string Number(double value) =>
        double.IsNaN(value) ? "not told" : (Math.Abs(value) < 0.0005 ? 0 : value).ToString(Math.Abs(value) >= 100 ? "0.0" : "0.000", CultureInfo.InvariantCulture);

    private static string Arrow(string better) => better switch { "higher" => " \u2191", "lower" => " \u2193", "one" => " \u21921", "zero" => " \u21920", "stated" => " \u2192stated", _ => string.Empty };

    private static string EventWord(EvaluationResult result) => result.Target.Kind == "time-to-event" ? "events" : "of the rarest class";

    private static string Inputs(EvaluationResult result)
    {
        string[] parts =
        [
            Invariant($"{result.Data.CovariateCount} covariates"),
            .. result.Data.Layers.Select(l => Invariant($"{l.Name} ({l.FeatureCount} features of {l.SubjectCount} subjects)")),
        ];
        return string.Join(", ", parts);
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
