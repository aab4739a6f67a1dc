using System.Runtime.CompilerServices;
using DigitalTwin.Models;
using Microsoft.Extensions.DependencyInjection;

[assembly: InternalsVisibleTo("DigitalTwin.Tests")]

namespace DigitalTwin.Grains;

/// <summary>What a silo needs besides its storage to host the twins.</summary>
public static class TwinGrainServices
{
    /// <summary>Registers batcher, training worker and model catalog. The silo must register an <c>IGrainStorage</c> under <see cref="TwinStorage.Name"/>.</summary>
    /// <param name="services">Services of the silo.</param>
    /// <param name="trainers">One trainer a kind of model.</param>
    /// <param name="bounds">Sets the bounds of the batcher; null keeps the defaults.</param>
    public static IServiceCollection AddTwinGrains(
        this IServiceCollection services, IEnumerable<ITwinTrainer> trainers, Action<ForecastBatcherOptions>? bounds = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(trainers);
        services.AddOptions<ForecastBatcherOptions>().Configure(bounds ?? (_ => { }));
        foreach (var trainer in trainers)
        {
            services.AddSingleton(trainer);
        }

        return services
            .AddSingleton<ForecastBatcher>()
            .AddSingleton<TwinForecaster>()
            .AddSingleton<TrainingWorker>()
            .AddSingleton<ModelCatalog>()
            .AddSingleton<ModelStore>();
    }
}
