using DigitalTwin.Client;
using DigitalTwin.Contracts;
using DigitalTwin.Grains;
using DigitalTwin.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Storage;

namespace DigitalTwin.Tests.Twins;

/// <summary>An embedded silo with the fake trainer, and a client inside the process.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private TestSilo(EmbeddedSilo silo)
    {
        Silo = silo;
        Client = TwinClient.Over(silo.Client, new TwinClientOptions { RetryPause = TimeSpan.FromMilliseconds(20) });
    }

    public EmbeddedSilo Silo { get; }

    public TwinClient Client { get; }

    public StudyClient Study => Client.Study(SmallStudy.Id);

    /// <summary>The study's grain itself, where a call is sent once and never again.</summary>
    public IStudyGrain StudyGrain => Silo.Client.GetGrain<IStudyGrain>(SmallStudy.Id.Value);

    public IGrainStorage Storage => Silo.Services.GetRequiredKeyedService<IGrainStorage>(TwinStorage.Name);

    public static async Task<TestSilo> Start(
        LinearTrainer? trainer = null, string? state = null, int? gateway = null, IGrainStorage? storage = null, int? primary = null)
    {
        var silo = await EmbeddedSilo.StartAsync(new EmbeddedSiloOptions
        {
            Trainers = [trainer ?? new LinearTrainer()],
            StateDirectory = state,
            GatewayPort = gateway,
            PrimarySiloPort = primary,
            Services = storage is null ? null : services => services.AddKeyedSingleton(TwinStorage.Name, storage),
        });
        return new TestSilo(silo);
    }

    /// <summary>A serializer as the silo has it, for storage without a silo.</summary>
    public static StateSerializer Serializer() =>
        new(new ServiceCollection().AddSerializer().BuildServiceProvider().GetRequiredService<Serializer>());

    /// <summary>Waits until this silo counts that many silos in its cluster.</summary>
    public async Task Sees(int siloCount)
    {
        using var limit = new CancellationTokenSource(PhaseBarrier.Limit);
        var members = Silo.Services.GetRequiredService<ISiloStatusOracle>();
        while (members.GetApproximateSiloStatuses(onlyActive: true).Count != siloCount)
        {
            await Task.Delay(10, limit.Token);
        }
    }

    public ValueTask DisposeAsync() => Silo.DisposeAsync();
}
