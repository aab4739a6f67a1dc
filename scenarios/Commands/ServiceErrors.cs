using DigitalTwin.Client;
using DigitalTwin.Contracts;

[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Scenarios.Commands;

/// <summary>Says what went wrong between a command and the twin service, in one line and an exit code.</summary>
internal static class ServiceErrors
{
    private const int Unavailable = 1;
    private const int BadRequest = 2;

    /// <summary>Runs the action; a refusal of the service becomes a line on <paramref name="error"/>.</summary>
    /// <returns>0, or 2 when the request cannot be carried out, or 1 when the service does not answer.</returns>
    public static async Task<int> Guard(TextWriter error, Func<Task> action)
    {
        try
        {
            await action();
            return 0;
        }
        catch (TwinServiceUnavailableException cause)
        {
            await error.WriteLineAsync(cause.Message);
            return Unavailable;
        }
        catch (Exception cause) when (cause is TwinServiceException or TrainingFailedException or FormatException or IOException)
        {
            await error.WriteLineAsync(cause.Message);
            return BadRequest;
        }
    }
}
