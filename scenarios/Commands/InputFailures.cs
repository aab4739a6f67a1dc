using DigitalTwin.Kernels.Devices;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Commands;

/// <summary>What a command that reads files and trains says when it cannot: one message, an exit code, and nothing left behind.</summary>
internal static class InputFailures
{
    /// <param name="file">The file the command was given; faults name theirs.</param>
    /// <param name="error">Where messages go.</param>
    /// <param name="work">Gives the exit code.</param>
    /// <param name="cancellation">Whether it was stopped.</param>
    public static async Task<int> TellAsync(string file, TextWriter error, Func<Task<int>> work, CancellationToken cancellation)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception e) when (e is OperationCanceledException || cancellation.IsCancellationRequested)
        {
            await error.WriteLineAsync("Stopped; nothing was written.").ConfigureAwait(false);
            return ExitCodes.Cancelled;
        }
        catch (InvalidInputException e)
        {
            await error.WriteLineAsync(FaultReport.Format(Path.GetFileName(file), e.Faults)).ConfigureAwait(false);
            return ExitCodes.InvalidInput;
        }
        catch (UnlearnableException e)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.Failure;
        }
        catch (Exception e) when (e is DeviceNotAvailableException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(e.Message).ConfigureAwait(false);
            return ExitCodes.InvalidInput;
        }
    }

    /// <summary>Refuses a place for a file before hours of training, not after.</summary>
    /// <param name="option">Option that names it.</param>
    /// <param name="path">The place, or null.</param>
    /// <exception cref="InvalidInputException">It is a folder, or its folder does not exist.</exception>
    public static void RequirePlace(string option, string? path)
    {
        if (path is null)
        {
            return;
        }

        if (Directory.Exists(path) || !Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new InvalidInputException(
                new TextLocation(option, 0, 0), Directory.Exists(path) ? $"'{path}' is a folder. Name a file." : $"The folder of '{path}' does not exist. Make it first, or name another file.");
        }
    }
}
