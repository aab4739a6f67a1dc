using System.CommandLine;
using System.Diagnostics;
using DigitalTwin.Scenarios.Study;

namespace DigitalTwin.Scenarios.Commands;

/// <summary>Runs one command line to its exit code. Whatever happens, the user reads one message and no stack trace.</summary>
internal static class CommandLine
{
    /// <summary>Every command of the program.</summary>
    public static RootCommand Create() => new("DigitalTwin: patients' digital twins and synthetic control arms from a scenario file.")
    {
        RunCommand.Create(),
        ValidateCommand.Create(),
        EvaluateCommand.Create(),
        TrainCommand.Create(),
        PredictCommand.Create(),
        CohortCommand.Create(),
        ServeCommand.Create(new ScenarioStudySource(Environment.ProcessorCount)),
        TwinCommand.Create(),
        DevicesCommand.Create(),
    };

    /// <summary>Runs a command line; Ctrl-C and a request to terminate cancel the command and wait for it to clean up.</summary>
    /// <param name="root">The commands.</param>
    /// <param name="arguments">Words after the program's name.</param>
    /// <param name="configuration">Where to write.</param>
    public static async Task<int> RunAsync(RootCommand root, IReadOnlyList<string> arguments, InvocationConfiguration configuration)
    {
        using var signals = new StopSignals();
        // A command ends by itself when it is told to stop: whatever it has half written must be removed first.
        configuration.ProcessTerminationTimeout = null;
        configuration.EnableDefaultExceptionHandler = false;
        var parsed = root.Parse(arguments);
        try
        {
            var code = await parsed.InvokeAsync(configuration, signals.Token).ConfigureAwait(false);
            return parsed.Errors.Count > 0 && code != ExitCodes.Success ? ExitCodes.InvalidInput : signals.Translate(code);
        }
        catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
        {
            await configuration.Error.WriteLineAsync("Stopped.").ConfigureAwait(false);
            return signals.Translate(ExitCodes.Cancelled);
        }
        catch (Exception e)
        {
            await configuration.Error.WriteLineAsync(Describe(e)).ConfigureAwait(false);
            return ExitCodes.Failure;
        }
    }

    /// <summary>Where a program error arose. Its message may quote subjects' data, so it is not shown.</summary>
    internal static string Describe(Exception error)
    {
        var place = new StackTrace(error).GetFrames()
            .Select(f => f.GetMethod())
            .FirstOrDefault(m => m?.DeclaringType?.FullName?.StartsWith("DigitalTwin.", StringComparison.Ordinal) == true);
        var where = place is null ? string.Empty : $" in {place.DeclaringType!.FullName}.{place.Name}";
        return $"An error in the program stopped this command; nothing was written: {error.GetType().Name}{where}. Please report this line with the command and the scenario.";
    }
}
