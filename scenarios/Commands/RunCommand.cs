using System.CommandLine;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Scenarios.Output.Adam;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Scenarios.Study;
using DigitalTwin.Vocabulary;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin run FILE</c>: from a scenario to a report.</summary>
internal static class RunCommand
{
    private static readonly string[] Devices = ["auto", "cpu", "simd", "cuda", "opencl"];

    public static Command Create()
    {
        var file = new Argument<string>("FILE") { Description = "The scenario file." }.NotEmpty();
        var output = new Option<string?>("--out") { Description = "Folder to write; must not exist. By default a new folder runs/NAME." }.NotEmpty();
        var seed = CommandLineText.WholeNumber("--seed", "Seed of every random stream, instead of the scenario's.", 0, long.MaxValue);
        var threads = CommandLineText.Threads();
        var device = new Option<string>("--device") { Description = "Where to compute: auto, cpu or simd. The twin model of this version computes on the processor only.", DefaultValueFactory = _ => "auto" };
        var force = new Option<bool>("--force") { Description = "Replace an earlier run that stands in the output folder." };
        device.AcceptOnlyFromAmong(Devices);
        var command = new Command("run", "Run a scenario and write its report.") { file, output, seed, threads, device, force };
        command.SetAction((parsed, cancellation) =>
        {
            var request = new RunRequest(
                parsed.GetRequiredValue(file), parsed.GetValue(output), (ulong?)parsed.GetValue(seed), (int?)parsed.GetValue(threads), parsed.GetValue(device)!, parsed.GetValue(force));
            // Off this thread from the start: reading a file may block, and Ctrl-C must be heard even then.
            return Task.Run(() => RunAsync(request, AnsiConsole.Console, parsed.InvocationConfiguration.Error, cancellation), CancellationToken.None);
        });
        return command;
    }

    /// <summary>Runs a scenario; every failure is one message and an exit code, and leaves no output behind.</summary>
    internal static async Task<int> RunAsync(RunRequest request, IAnsiConsole console, TextWriter error, CancellationToken cancellation)
    {
        try
        {
            return await RunToFolderAsync(request, console, cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (cancellation.IsCancellationRequested)
        {
            // The twins' service hears Ctrl-C too: what a call to it throws then is as much a stop as a cancellation.
            await error.WriteLineAsync("Stopped; nothing was written.").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }
        catch (InvalidInputException e)
        {
            await error.WriteLineAsync(FaultReport.Format(Path.GetFileName(request.File), e.Faults)).ConfigureAwait(false);
            return ExitCodes.InvalidInput;
        }
        catch (StudyException e)
        {
            await error.WriteLineAsync($"{Path.GetFileName(request.File)}: {e.Part} has no answer on these data, nothing was written.\n  {e.Message}").ConfigureAwait(false);
            return ExitCodes.InvalidInput;
        }
        catch (Exception e) when (e is OutputExistsException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.InvalidInput;
        }
    }

    private static async Task<int> RunToFolderAsync(RunRequest request, IAnsiConsole console, CancellationToken cancellation)
    {
        RequireDevice(request.Device);
        var threads = request.Threads ?? Environment.ProcessorCount;
        if (threads is < 1 or > CommandLineText.MaximumThreads)
        {
            throw new InvalidInputException(new TextLocation("--threads", 0, 0), $"{threads} is not a number of threads. Use 1 to {CommandLineText.MaximumThreads}.");
        }

        var path = request.Output ?? FreeFolder(Path.GetFileNameWithoutExtension(request.File));
        using var folder = RunFolder.Open(path, request.Force);
        var outcome = await RunProgress.RunAsync(console, TimeProvider.System, async progress =>
        {
            var study = await new StudyRunner(new StudyOptions(request.Seed, threads), progress, TimeProvider.System)
                .RunAsync(request.File, cancellation).ConfigureAwait(false);
            progress.Step("Writing the report");
            // Timings end with the step before: the file that carries them is being written.
            var result = study.Result with { Environment = study.Result.Environment with { Timings = progress.Timings } };
            var command = (string[])["run", Path.GetFileName(request.File), "--seed", $"{result.Engine.Seed}"];
            await RunOutputWriter.WriteAsync(folder, result, AdamBuilder.Build(study.Adam), command, [], cancellation).ConfigureAwait(false);
            folder.Complete();
            return result;
        }).ConfigureAwait(false);
        RunSummaryTable.Write(console, outcome, Path.GetRelativePath(Environment.CurrentDirectory, folder.Path));
        return ExitCodes.Success;
    }

    private static void RequireDevice(string device)
    {
        if (device is "cuda" or "opencl")
        {
            throw new InvalidInputException(
                new TextLocation("--device", 0, 0), $"'{device}' cannot run this study: its twin model is penalised regression, which computes on the processor. Use '--device auto' or '--device cpu'.");
        }
    }

    /// <summary>A folder the user did not name never collides: runs/NAME, then runs/NAME-2, and so on.</summary>
    private static string FreeFolder(string name)
    {
        var first = Path.Combine("runs", name);
        var path = first;
        for (var number = 2; Path.Exists(path); number++)
        {
            path = $"{first}-{number}";
        }

        return path;
    }
}

/// <summary>What the command line asks of a run.</summary>
/// <param name="File">The scenario file.</param>
/// <param name="Output">Folder to write, or null for a new one.</param>
/// <param name="Seed">Seed instead of the scenario's, or null.</param>
/// <param name="Threads">Threads, or null for as many as there are cores.</param>
/// <param name="Device">auto, cpu, simd, cuda or opencl.</param>
/// <param name="Force">Whether an earlier run may be replaced.</param>
internal sealed record RunRequest(string File, string? Output, ulong? Seed, int? Threads, string Device, bool Force);
