using System.CommandLine;
using System.Text;
using DigitalTwin.Cohorts;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.ModelFiles;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin predict MODEL BUNDLE --out FILE</c>: asks a kept model about every subject of a bundle, under every arm.</summary>
internal static class PredictCommand
{
    public static Command Create()
    {
        var model = new Argument<string>("MODEL") { Description = "The model file." }.NotEmpty();
        var bundle = new Argument<string>("BUNDLE") { Description = "Folder of the bundle with the subjects." }.NotEmpty();
        var output = new Option<string>("--out") { Description = "CSV file to write; one that is there is replaced at the end.", Required = true }.NotEmpty();
        var arms = new Option<string[]>("--arm") { Description = "Arm to predict under; repeat the option. Every arm the model was trained with unless given." };
        var times = new Option<string[]>("--at") { Description = "Time of a survival, such as '2 years'; repeat the option. The end of the model's follow-up unless given." };
        var allowMissing = new Option<bool>("--allow-missing") { Description = "Take variables, layers and features that the bundle does not have as missing for everybody." };
        var threads = CommandLineText.Threads();
        var command = new Command("predict", "Predict the outcome of every subject of a bundle with a model that 'train' kept.") { model, bundle, output, arms, times, allowMissing, threads };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => InputFailures.TellAsync(
                parsed.GetValue(model)!,
                parsed.InvocationConfiguration.Error,
                () => Run(
                    new PredictRequest(
                        parsed.GetValue(model)!,
                        parsed.GetValue(bundle)!,
                        parsed.GetValue(output)!,
                        parsed.GetValue(arms) ?? [],
                        parsed.GetValue(times) ?? [],
                        parsed.GetValue(allowMissing),
                        (int?)parsed.GetValue(threads) ?? Environment.ProcessorCount),
                    AnsiConsole.Console,
                    cancellation),
                cancellation),
            CancellationToken.None));
        return command;
    }

    internal static Task<int> Run(PredictRequest request, IAnsiConsole console, CancellationToken cancellation)
    {
        InputFailures.RequirePlace("--out", request.Output);
        var file = ModelFilePath.Read(request.Model, request.Threads);
        var table = new PredictionTable(file.Description.Target, Times(file.Description.Target, request.Times));
        var arms = Arms(file.Description, request.Arms);
        var binder = new ModelInputs(file.Description, new TextLocation(request.Bundle, 0, 0), request.AllowMissing);
        var inputs = binder.Of(CohortStore.Read(Path.GetFullPath(request.Bundle)).Cohort);
        cancellation.ThrowIfCancellationRequested();
        foreach (var note in VersionNotes(file.Description).Concat(binder.Notes))
        {
            console.Profile.Out.Writer.WriteLine(TerminalText.Clean(note));
        }

        WholeFile.Write(request.Output, stream =>
        {
            using var writer = new StreamWriter(stream, new UTF8Encoding(false), leaveOpen: true) { NewLine = "\n" };
            string[] start = arms.Count == 0 ? ["subject"] : ["subject", "arm"];
            writer.WriteLine(string.Join(',', start.Concat(table.Columns).Select(PredictionTable.Quoted)));
            foreach (var asked in arms.Count == 0 ? [inputs] : inputs.UnderEach(arms))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var line in table.Lines(inputs.Subjects, asked.Treatments?.Of(0).Arm, file.Predictor.Predict(asked)))
                {
                    writer.WriteLine(line);
                }
            }
        });
        console.WriteLine(FormattableString.Invariant($"{inputs.Count} subjects{(arms.Count > 0 ? $", {arms.Count} arms" : string.Empty)}; predictions: {TerminalText.Clean(request.Output)}"));
        return Task.FromResult(ExitCodes.Success);
    }

    // A file that another version wrote in this one's format can be read; what is computed from it may differ.
    private static IEnumerable<string> VersionNotes(ModelDescription model) => model.EngineVersion == EngineVersion.Text
        ? []
        : [$"The model was trained by version {model.EngineVersion} of the engine, and this is {EngineVersion.Text}: predictions may differ from those of its own version. Train again to be sure."];

    private static IReadOnlyList<Duration> Times(ModelTarget target, string[] texts)
    {
        var place = new TextLocation("--at", 0, 0);
        if (target.Horizon is not { } horizon)
        {
            return texts.Length == 0 ? [] : throw new InvalidInputException(place, $"The model predicts '{target.Name}', which has no time. Leave --at out.");
        }

        return texts.Length == 0 ? [horizon] : [.. texts.Select(text => DurationText.TryParse(text, out var time, out _) && time.Days > 0 && time <= horizon
            ? time
            : throw new InvalidInputException(place, FormattableString.Invariant($"'{text}' is no time up to {horizon.Days} days, the follow-up of the model. Use a number and a unit: '5 years', '60 months'.")))];
    }

    private static IReadOnlyList<Treatment> Arms(ModelDescription model, string[] names)
    {
        var place = new TextLocation("--arm", 0, 0);
        if (model.Arms.Count == 0)
        {
            return names.Length == 0 ? [] : throw new InvalidInputException(place, "The model was trained without treatments and knows no arm. Leave --arm out.");
        }

        return names.Length == 0 ? model.Arms : [.. names.Distinct().Select(name => model.Arms.FirstOrDefault(a => a.Arm.Value == name) ?? throw new InvalidInputException(
            place, $"The model was not trained with an arm '{name}'; it knows {string.Join(", ", model.Arms.Select(a => $"'{a.Arm}'"))}.{Nearest.Suggest(name, model.Arms.Select(a => a.Arm.Value))}"))];
    }
}

/// <summary>What the command line asks of a prediction.</summary>
/// <param name="Model">The model file.</param>
/// <param name="Bundle">Folder of the bundle.</param>
/// <param name="Output">CSV file to write.</param>
/// <param name="Arms">Arms, or none for all.</param>
/// <param name="Times">Times of survival, or none for the end.</param>
/// <param name="AllowMissing">Whether what is absent counts as missing.</param>
/// <param name="Threads">Threads.</param>
internal sealed record PredictRequest(
    string Model, string Bundle, string Output, string[] Arms, string[] Times, bool AllowMissing, int Threads);
