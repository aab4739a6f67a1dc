using System.Net;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

[assembly: InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Hosting;

/// <summary>A silo of twins inside this process, reachable on 127.0.0.1 only.</summary>
public sealed class EmbeddedSilo : IAsyncDisposable
{
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
        var siloPort = FreePort();
        var gatewayPort = options.GatewayPort is 0 ? FreePort() : options.GatewayPort;
        if (options.GatewayPort is > 0 and var wanted)
        {
            RequireFree(wanted);
        }

        var host = SiloHost.Build(options, siloPort, gatewayPort);
        try
        {
            await host.StartAsync(cancellation);
            return new EmbeddedSilo(host, siloPort, gatewayPort);
        }
        catch
        {
            await DisposeAsync(host);
            throw;
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

    /// <summary>Orleans binds with SO_REUSEPORT: two silos on one port would share its connections without a word, so ask first.</summary>
    private static void RequireFree(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
        }
        catch (SocketException cause)
        {
            throw new IOException($"Port {port} of 127.0.0.1 is taken. Choose another port, or stop the program that uses it.", cause);
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
