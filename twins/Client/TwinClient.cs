using System.Diagnostics;
using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace DigitalTwin.Client;

/// <summary>Asks twins and studies of a running silo. Safe to use from many threads.</summary>
public sealed class TwinClient : IAsyncDisposable
{
    private readonly IHost? _host;
    private readonly IGrainFactory _grains;
    private readonly TwinClientOptions _options;
    private readonly RequestRetry _retry;

    private TwinClient(IGrainFactory grains, TwinClientOptions options, IHost? host)
    {
        _grains = grains;
        _options = options;
        _host = host;
        _retry = new RequestRetry(options);
    }

    /// <summary>Connects to a silo on this machine.</summary>
    /// <exception cref="TwinServiceUnavailableException">No silo answered within <see cref="TwinClientOptions.ConnectFor"/>.</exception>
    public static async Task<TwinClient> ConnectAsync(TwinClientOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new TwinClientOptions();
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.UseOrleansClient(client => client
            .UseLocalhostClustering(options.Port, TwinCluster.ServiceId, TwinCluster.ClusterId)
            .UseConnectionRetryFilter(KeepTrying(options))
            .Configure<ClientMessagingOptions>(messaging => messaging.ResponseTimeout = options.CallTimeout)
            .Configure<GatewayOptions>(gateway => gateway.GatewayListRefreshPeriod = TimeSpan.FromSeconds(1)));
        var host = builder.Build();
        try
        {
            await host.StartAsync(cancellation).ConfigureAwait(false);
        }
        catch (Exception cause) when (cause is OrleansException or TimeoutException)
        {
            host.Dispose();
            throw new RequestRetry(options).Unavailable(cause, options.ConnectFor);
        }

        return new TwinClient(host.Services.GetRequiredService<IClusterClient>(), options, host);
    }

    /// <summary>A client over grains of this process or of a connection the caller owns.</summary>
    public static TwinClient Over(IGrainFactory grains, TwinClientOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(grains);
        return new TwinClient(grains, options ?? new TwinClientOptions(), host: null);
    }

    /// <summary>The study of that name, whether or not it is open yet.</summary>
    public StudyClient Study(StudyId study) => new(study, _grains, _options, _retry);

    /// <summary>What the twin knows of its subject.</summary>
    /// <exception cref="UnknownSubjectException">No such subject is enrolled.</exception>
    public Task<TwinDescription> DescribeAsync(TwinKey twin, CancellationToken cancellation = default) =>
        _retry.Send(() => Grain(twin).Describe(), cancellation);

    /// <summary>What the twin expects under one arm.</summary>
    /// <param name="twin">The twin.</param>
    /// <param name="arm">An arm of the study.</param>
    /// <param name="horizon">End of the forecast; null means the study's horizon.</param>
    /// <param name="detail">What to send besides the mean.</param>
    /// <param name="cancellation">Stops waiting.</param>
    /// <exception cref="TwinServiceException">Unknown subject or arm, not trained, or a horizon out of range.</exception>
    public Task<TwinForecast> ForecastAsync(
        TwinKey twin, ArmId arm, Duration? horizon = null, ForecastDetail detail = ForecastDetail.Band, CancellationToken cancellation = default) =>
        _retry.Send(() => Grain(twin).Forecast(new ForecastRequest(arm, horizon, detail)), cancellation);

    /// <summary>The twin under several arms, each compared with the first.</summary>
    /// <exception cref="TwinServiceException">Unknown subject or arm, not trained, or a horizon out of range.</exception>
    public Task<TwinComparison> CompareAsync(
        TwinKey twin, IEnumerable<ArmId> arms, Duration? horizon = null, CancellationToken cancellation = default)
    {
        ArmId[] named = [.. arms];
        return _retry.Send(() => Grain(twin).Compare(named, horizon), cancellation);
    }

    /// <summary>Why the twin forecasts what it does under one arm.</summary>
    /// <exception cref="TwinServiceException">Unknown subject or arm, or not trained.</exception>
    public Task<TwinExplanation> ExplainAsync(TwinKey twin, ArmId arm, CancellationToken cancellation = default) =>
        _retry.Send(() => Grain(twin).Explain(arm), cancellation);

    /// <summary>A study at a glance.</summary>
    /// <exception cref="UnknownStudyException">The study was not opened.</exception>
    public Task<StudySummary> SummarizeAsync(StudyId study, CancellationToken cancellation = default) => Study(study).SummarizeAsync(cancellation);

    /// <summary>Closes the connection, if this client opened it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_host is not null)
        {
            await _host.StopAsync().ConfigureAwait(false);
            _host.Dispose();
        }
    }

    private static Func<Exception, CancellationToken, Task<bool>> KeepTrying(TwinClientOptions options)
    {
        var started = Stopwatch.GetTimestamp();
        return async (_, cancellation) =>
        {
            await Task.Delay(options.RetryPause, cancellation).ConfigureAwait(false);
            return Stopwatch.GetElapsedTime(started) < options.ConnectFor;
        };
    }

    private ITwinGrain Grain(TwinKey twin) => _grains.GetGrain<ITwinGrain>(twin.ToString());
}
