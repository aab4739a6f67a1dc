using System.CommandLine;
using DigitalTwin.Scenarios.Evaluation;
using DigitalTwin.Scenarios.KnownTruth;
using DigitalTwin.Scenarios.Language.Reading;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin evaluate FILE</c>: compares models on held-out subjects, or, where the file is one of known truth, estimates with what is true.
/// <c>digitaltwin evaluate --schema</c> prints the JSON Schema of the file.</summary>
internal static class EvaluateCommand
{
    private const string EvaluationLanguage = "evaluation";
    private const string KnownTruthLanguage = "known-truth";

    private static readonly string[] Devices = ["auto", "cpu", "simd", "cuda", "opencl"];

    public static Command Create()
    {
        var file = new Argument<string?>("FILE") { Description = "The evaluation file, or a file of known truth.", Arity = ArgumentArity.ZeroOrOne }.NotEmpty();
        var json = new Option<string?>("--json") { Description = "File to write the result to as JSON; one that is there is replaced when the evaluation has ended." }.NotEmpty();
        var bundle = new Option<string?>("--bundle") { Description = "Folder of a bundle, instead of the file's: one file then serves many cohorts of one form." }.NotEmpty();
        var threads = CommandLineText.Threads();
        var device = new Option<string>("--device") { Description = "Where networks compute: auto, cpu, simd, cuda or opencl.", DefaultValueFactory = _ => "auto" };
        var schema = new Option<string?>("--schema")
        {
            Description = $"Print the JSON Schema of evaluation files instead, or of files of known truth: --schema {KnownTruthLanguage}.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        schema.AcceptOnlyFromAmong(EvaluationLanguage, KnownTruthLanguage);
        device.AcceptOnlyFromAmong(Devices);
        var command = new Command("evaluate", "Compare models on held-out subjects, with intervals and paired differences; or estimates with a known truth.") { file, json, bundle, threads, device, schema };
        command.Validators.Add(result =>
        {
            if (result.GetResult(schema) is not null == (result.GetValue(file) is not null))
            {
                result.AddError("Give either an evaluation file or --schema.");
            }
        });
        command.SetAction((parsed, cancellation) =>
        {
            if (parsed.GetResult(schema) is not null)
            {
                parsed.InvocationConfiguration.Output.Write(
                    parsed.GetValue(schema) == KnownTruthLanguage ? KnownTruthGrammar.ToJsonSchema() : EvaluationGrammar.ToJsonSchema());
                return Task.FromResult(ExitCodes.Success);
            }

            var request = new EvaluationRequest(
                parsed.GetValue(file)!, parsed.GetValue(json), parsed.GetValue(bundle), (int?)parsed.GetValue(threads) ?? Environment.ProcessorCount, parsed.GetValue(device)!);
            // Off this thread from the start: reading a file may block, and Ctrl-C must be heard even then.
            return Task.Run(() => RunAsync(request, AnsiConsole.Console, parsed.InvocationConfiguration.Error, cancellation), CancellationToken.None);
        });
        return command;
    }

    /// <summary>Evaluates; every failure is one message and an exit code, and leaves no output behind.</summary>
    internal static Task<int> RunAsync(EvaluationRequest request, IAnsiConsole console, TextWriter error, CancellationToken cancellation) =>
        InputFailures.TellAsync(request.File, error, () => EvaluateOrRecoverAsync(request, console, cancellation), cancellation);

    private static async Task<int> EvaluateOrRecoverAsync(EvaluationRequest request, IAnsiConsole console, CancellationToken cancellation)
    {
        // Found out before hours of training, not after.
        InputFailures.RequirePlace("--json", request.Json);
        if (DocumentSchema.Of(request.File) == KnownTruthGrammar.Schema)
        {
            var recovered = await RecoverAsync(request, console, cancellation).ConfigureAwait(false);
            await TellAsync(request, console, recovered, KnownTruthTables.Write).ConfigureAwait(false);
            return ExitCodes.Success;
        }

        var result = await EvaluateAsync(request, console, cancellation).ConfigureAwait(false);
        await TellAsync(request, console, result, EvaluationTables.Write).ConfigureAwait(false);
        return result.Models.Any(m => m.Scores.Any(s => !double.IsNaN(s.Mean))) ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static async Task TellAsync<T>(EvaluationRequest request, IAnsiConsole console, T result, Action<IAnsiConsole, T> write)
    {
        if (request.Json is { } path)
        {
            EvaluationJson.Write(result, path);
        }

        write(console, result);
        if (request.Json is not null)
        {
            await console.Profile.Out.Writer.WriteLineAsync($"result: {TerminalText.Clean(request.Json)}").ConfigureAwait(false);
        }
    }

    private static Task<KnownTruthResult> RecoverAsync(EvaluationRequest request, IAnsiConsole console, CancellationToken cancellation)
    {
        if (request.Bundle is not null)
        {
            throw new InvalidInputException(new TextLocation("--bundle", 0, 0), "A file of known truth draws its subjects itself. Leave --bundle out.");
        }

        return RunProgress.RunAsync(console, TimeProvider.System, progress =>
        {
            progress.Step("Reading the file");
            var file = KnownTruthFile.Load(request.File);
            return Task.FromResult(KnownTruthRunner.Run(file, EngineVersion.Text, request.Threads, progress, TimeProvider.System, cancellation));
        });
    }

    private static Task<EvaluationResult> EvaluateAsync(EvaluationRequest request, IAnsiConsole console, CancellationToken cancellation) =>
        RunProgress.RunAsync(console, TimeProvider.System, progress =>
        {
            progress.Step("Reading the evaluation and its bundle");
            var file = EvaluationFile.Load(request.File, request.Bundle);
            return Task.FromResult(new EvaluationProcess(file, EngineVersion.Text, request.Device == "cpu" ? "simd" : request.Device, request.Threads, progress, TimeProvider.System).Run(cancellation));
        });
}

/// <summary>What the command line asks of an evaluation.</summary>
/// <param name="File">The evaluation file.</param>
/// <param name="Json">File to write, or null.</param>
/// <param name="Bundle">Bundle instead of the file's, or null.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Device">auto, cpu, simd, cuda or opencl.</param>
internal sealed record EvaluationRequest(string File, string? Json, string? Bundle, int Threads, string Device);
