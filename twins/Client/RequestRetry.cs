using System.Diagnostics;
using DigitalTwin.Contracts;

[assembly: System.Runtime.CompilerServices.InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Client;

/// <summary>Sends a request again while the service does not answer. Right because every request of the service is idempotent.</summary>
internal sealed class RequestRetry(TwinClientOptions options)
{
    /// <exception cref="TwinServiceException">The service answered with a refusal: never sent again.</exception>
    /// <exception cref="TwinServiceUnavailableException">It did not answer within <see cref="TwinClientOptions.RetryFor"/>.</exception>
    public async Task<T> Send<T>(Func<Task<T>> request, CancellationToken cancellation)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            try
            {
                return await request().WaitAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception cause) when (IsUnanswered(cause, cancellation))
            {
                if (Stopwatch.GetElapsedTime(started) >= options.RetryFor)
                {
                    throw Unavailable(cause, options.RetryFor);
                }
            }

            await Task.Delay(options.RetryPause, cancellation).ConfigureAwait(false);
        }
    }

    public async Task Send(Func<Task> request, CancellationToken cancellation) => await Send(
        async () =>
        {
            await request().ConfigureAwait(false);
            return true;
        },
        cancellation).ConfigureAwait(false);

    public TwinServiceUnavailableException Unavailable(Exception cause, TimeSpan waited) => new(
        string.Create(
            System.Globalization.CultureInfo.InvariantCulture,
            $"No twin service answered at 127.0.0.1:{options.Port} for {waited.TotalSeconds:0.#} s. Start it with 'digitaltwin serve SCENARIO', or name its port."),
        cause);

    /// <summary>No answer, or an answer that the silo is going away or lost a race in storage.</summary>
    private static bool IsUnanswered(Exception cause, CancellationToken cancellation) =>
        cause is OrleansException or TimeoutException || (cause is OperationCanceledException && !cancellation.IsCancellationRequested);
}
