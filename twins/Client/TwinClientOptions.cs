using DigitalTwin.Contracts;

namespace DigitalTwin.Client;

/// <summary>How a <see cref="TwinClient"/> reaches the twins and how patient it is.</summary>
public sealed record TwinClientOptions
{
    /// <summary>Port of 127.0.0.1 the silo listens at.</summary>
    public int Port { get; init; } = TwinCluster.DefaultGatewayPort;

    /// <summary>How long to go on trying to connect.</summary>
    public TimeSpan ConnectFor { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to go on resending a request while the silo does not answer, as while it restarts.</summary>
    public TimeSpan RetryFor { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause before a request is sent again.</summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>How long one request may take before it counts as unanswered.</summary>
    public TimeSpan CallTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Requests of one bulk call that are under way at once.</summary>
    public int Parallelism { get; init; } = 256;
}
