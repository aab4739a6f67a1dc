using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Hosting;

/// <summary>A silo of twins inside this process, reachable on 127.0.0.1 only.</summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
    private const int PortAttempts = 5;

    private readonly IHost _host;

    private EmbeddedSilo(IHost host, int siloPort, int? gatewayPort)
    {
        _host = host;
        SiloPort = siloPort;
        GatewayPort = gatewayPort;
    }

    /// <summary>Reaches the grains from inside this process.</summary>
    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>Loopback port other processes reach the twins at, or null.</summary>
    public int? GatewayPort { get; }

    /// <summary>Loopback port of the silo itself.</summary>
    internal int SiloPort { get; }

    internal IServiceProvider Services => _host.Services;

    /// <summary>Starts a silo and waits until it serves.</summary>
    /// <exception cref="IOException">The port is taken, or the state folder cannot be used.</exception>
    public static async Task<EmbeddedSilo> StartAsync(EmbeddedSiloOptions options, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        for (var attempt = 1; ; attempt++)
        {
            var siloPort = FreePort();
            var gatewayPort = options.GatewayPort is 0 ? FreePort() : options.GatewayPort;
            var host = SiloHost.Build(options, siloPort, gatewayPort);
            try
            {
                await host.StartAsync(cancellation);
                return new EmbeddedSilo(host, siloPort, gatewayPort);
            }
            catch (Exception cause) when (IsPortTaken(cause))
            {
                // Another process took a free port between the look and the start; a port that was asked for is not retried.
                await DisposeAsync(host);
                if (attempt == PortAttempts || options.GatewayPort is > 0)
                {
                    throw new IOException($"Port {gatewayPort ?? siloPort} of 127.0.0.1 is taken. Choose another port, or stop the program that uses it.", cause);
                }
            }
            catch
            {
                await DisposeAsync(host);
                throw;
            }
        }
    }

    /// <summary>Stops the silo: requests under way end, state is on disk.</summary>
    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await DisposeAsync(_host);
    }

    private static async ValueTask DisposeAsync(IHost host)
    {
        if (host is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
        else
        {
            host.Dispose();
        }
    }

    private static bool IsPortTaken(Exception cause) =>
        cause is AddressInUseException or SocketException { SocketErrorCode: SocketError.AddressAlreadyInUse }
        || (cause.InnerException is { } inner && IsPortTaken(inner));

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
