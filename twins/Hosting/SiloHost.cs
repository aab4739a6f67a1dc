using System.Net;
using DigitalTwin.Contracts;
using DigitalTwin.Grains;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using Orleans.Storage;

namespace DigitalTwin.Hosting;

/// <summary>Builds the host of an embedded silo: loopback only, quiet, nothing read from the environment.</summary>
internal static class SiloHost
{
    private const string StateFile = "twins.sqlite";

    private static readonly TimeSpan ResponseTimeout = TimeSpan.FromMinutes(5);

    public static IHost Build(EmbeddedSiloOptions options, int siloPort, int? gatewayPort)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.ClearProviders();
        if (options.LogToStandardError)
        {
            // Orleans warns of what a cluster of one never needs; its errors are worth a line.
            // What the host says of a start that failed or was stopped reaches the caller as an exception, and from there the user as a sentence.
            builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Orleans", LogLevel.Error).AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
            builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        }

        builder.UseOrleans(silo =>
        {
            var primary = options.PrimarySiloPort is { } port ? new IPEndPoint(IPAddress.Loopback, port) : null;
            silo.UseLocalhostClustering(siloPort, gatewayPort ?? 0, primary, TwinCluster.ServiceId, TwinCluster.ClusterId);
            silo.Configure<SiloMessagingOptions>(messaging => messaging.ResponseTimeout = ResponseTimeout);
            silo.Services.AddTwinGrains(options.Trainers, options.Batcher).AddSingleton<StateSerializer>();
            AddStorage(silo.Services, options.StateDirectory);
            options.Services?.Invoke(silo.Services);
        });
        return builder.Build();
    }

    private static void AddStorage(IServiceCollection services, string? stateDirectory)
    {
        if (stateDirectory is null)
        {
            services.AddKeyedSingleton<IGrainStorage>(TwinStorage.Name, (provider, _) => new MemoryStorage(provider.GetRequiredService<StateSerializer>()));
            return;
        }

        var file = Path.Combine(CreatePrivate(stateDirectory), StateFile);
        services.AddKeyedSingleton<IGrainStorage>(TwinStorage.Name, (provider, _) => new SqliteStorage(file, provider.GetRequiredService<StateSerializer>()));
    }

    /// <summary>The folder holds subjects' data: only its owner may look in.</summary>
    private static string CreatePrivate(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return directory;
    }
}
