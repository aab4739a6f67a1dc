using System.CommandLine;
using DigitalTwin.Cohorts;
using DigitalTwin.Kernels.Devices;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.ModelFiles;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin train FILE --out MODEL</c>: fits one model of an evaluation file on every subject of it and keeps it.</summary>
internal static class TrainCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The evaluation file." }.NotEmpty();
        var output = new Option<string>("--out") { Description = "Model file to write; one that is there is replaced when the training has ended.", Required = true }.NotEmpty();
        var model = new Option<string?>("--model") { Description = "Name of one of the file's models; 'twin' unless given." };
        var bundle = new Option<string?>("--bundle") { Description = "Folder of a bundle, instead of the file's." }.NotEmpty();
        var threads = CommandLineText.Threads();
        var command = new Command("train", "Fit a model of an evaluation file on every subject of it, and keep it as a file that 'predict' reads.") { file, output, model, bundle, threads };
        command.SetAction((parsed, cancellation) => Task.Run(
            () => InputFailures.TellAsync(
                parsed.GetValue(file)!,
                parsed.InvocationConfiguration.Error,
                () => RunAsync(
                    new TrainRequest(
                        parsed.GetValue(file)!, parsed.GetValue(output)!, parsed.GetValue(model), parsed.GetValue(bundle), (int?)parsed.GetValue(threads) ?? Environment.ProcessorCount),
                    AnsiConsole.Console,
                    cancellation),
                cancellation),
            CancellationToken.None));
        return command;
    }

    internal static Task<int> RunAsync(TrainRequest request, IAnsiConsole console, CancellationToken cancellation) =>
        RunProgress.RunAsync(console, TimeProvider.System, progress =>
        {
            InputFailures.RequirePlace("--out", request.Output);
            progress.Step("Reading the evaluation and its bundle");
            var file = EvaluationFile.Load(request.File, request.Bundle);
            var model = Chosen(file, request.Model);
            var bundle = CohortStore.Read(file.Plan.Folder);
            cancellation.ThrowIfCancellationRequested();
            progress.Step("Checking the data");
            // What the file's other models would make of the data is beside the point.
            var data = new EvaluationAssembler(file.Plan with { Models = [model] }).Assemble(bundle.Cohort);
            EvaluationTables.Tell(progress, data);
            cancellation.ThrowIfCancellationRequested();
            progress.Step($"Training {model.Name}");
            var (backend, _) = new ComputeDevices(request.Threads).Open("simd");
            using var opened = backend;
            var context = new LearningContext(file.Plan.Seeds[0], backend, request.Threads, cancellation);
            var trained = ModelTraining.Fit(
                file.Plan, model, data, new HashedName(bundle.Cohort.Description.Id.Value, bundle.Hash), EngineVersion.Text, context);
            cancellation.ThrowIfCancellationRequested();
            progress.Step("Writing the model");
            var bytes = trained.Write();
            WholeFile.Write(request.Output, stream => stream.Write(bytes));
            foreach (var sentence in trained.Predictor.Findings.Distinct(StringComparer.Ordinal))
            {
                console.Profile.Out.Writer.WriteLine(TerminalText.Clean(sentence));
            }

            console.WriteLine(FormattableString.Invariant($"{trained.Description.SubjectCount} subjects; model: {TerminalText.Clean(request.Output)}"));
            return Task.FromResult(ExitCodes.Success);
        });

    private static EvaluatedModel Chosen(EvaluationFile file, string? name)
    {
        var models = file.Plan.Models;
        if (name is null && models.Count == 1)
        {
            return models[0];
        }

        var wanted = name ?? "twin";
        return models.FirstOrDefault(m => m.Name == wanted) ?? throw new InvalidInputException(
            new TextLocation("--model", 0, 0),
            $"'{wanted}' is not a model of {file.FileName}, which has {string.Join(", ", models.Select(m => $"'{m.Name}'"))}.{Nearest.Suggest(wanted, models.Select(m => m.Name))}");
    }
}

/// <summary>What the command line asks of a training.</summary>
/// <param name="File">The evaluation file.</param>
/// <param name="Output">Model file to write.</param>
/// <param name="Model">Model of the file, or null.</param>
/// <param name="Bundle">Bundle instead of the file's, or null.</param>
/// <param name="Threads">Threads.</param>
internal sealed record TrainRequest(string File, string Output, string? Model, string? Bundle, int Threads);
