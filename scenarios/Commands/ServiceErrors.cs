using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Study;
using DigitalTwin.Vocabulary;

[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Scenarios.Commands;

/// <summary>Says what went wrong between a command and the twin service, in one line and an exit code.</summary>
internal static class ServiceErrors
{
    /// <summary>Runs the action; a refusal of the service becomes a line on <paramref name="error"/>.</summary>
    /// <returns>0, or 2 when the request cannot be carried out, or 1 when the service does not answer.</returns>
    public static async Task<int> Guard(TextWriter error, Func<Task> action)
    {
        try
        {
            await action();
            return ExitCodes.Success;
        }
        catch (TwinServiceUnavailableException cause)
        {
            await error.WriteLineAsync(cause.Message);
            return ExitCodes.Failure;
        }
        catch (Exception cause) when (cause is TwinServiceException or TrainingFailedException or FormatException or IOException or UnauthorizedAccessException)
        {
            await error.WriteLineAsync(cause.Message);
            return ExitCodes.InvalidInput;
        }
        catch (StudyException cause)
        {
            await error.WriteLineAsync($"{cause.Part} has no answer on these data. {cause.Message}");
            return ExitCodes.InvalidInput;
        }
        catch (InvalidInputException cause)
        {
            await error.WriteLineAsync(FaultReport.Format(Path.GetFileName(cause.Faults[0].Location.File), cause.Faults));
            return ExitCodes.InvalidInput;
        }
    }
}
