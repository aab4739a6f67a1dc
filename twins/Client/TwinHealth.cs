using System.Net;
using System.Net.Sockets;

namespace DigitalTwin.Client;

/// <summary>Whether a silo of this machine takes connections; cheap enough to ask every few seconds.</summary>
public static class TwinHealth
{
    /// <summary>True when something listens at the port of 127.0.0.1 within the time; the gateway opens when the silo is ready.</summary>
    public static async Task<bool> ProbeAsync(int port, TimeSpan timeout, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(timeout);
        using var socket = new TcpClient();
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return false;
        }
    }
}
