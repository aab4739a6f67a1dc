using DigitalTwin.Grains;
using DigitalTwin.Models;
using Microsoft.Extensions.DependencyInjection;

namespace DigitalTwin.Hosting;

/// <summary>How an <see cref="EmbeddedSilo"/> runs.</summary>
public sealed record EmbeddedSiloOptions
{
    /// <summary>Trainers of the kinds of model the studies may ask for, one a kind.</summary>
    public required IReadOnlyList<ITwinTrainer> Trainers { get; init; }

    /// <summary>Folder of the durable state; null keeps state in memory.</summary>
    public string? StateDirectory { get; init; }

    /// <summary>Loopback port other processes reach the twins at; 0 takes a free one, null opens none.</summary>
    public int? GatewayPort { get; init; }

    /// <summary>Bounds of the forecast batcher; null keeps the defaults.</summary>
    public Action<ForecastBatcherOptions>? Batcher { get; init; }

    /// <summary>Whether warnings of the twins and errors of the silo go to standard error; otherwise nothing is logged.</summary>
    public bool LogToStandardError { get; init; }

    /// <summary>Silo to join on this machine, for tests of a cluster; null starts a cluster of one.</summary>
    internal int? PrimarySiloPort { get; init; }

    /// <summary>Last say over the services, for tests that replace one.</summary>
    internal Action<IServiceCollection>? Services { get; init; }
}
