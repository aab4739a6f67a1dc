using System.Collections.Concurrent;
using DigitalTwin.Contracts;
using DigitalTwin.Models;

namespace DigitalTwin.Grains;

/// <summary>Models in the memory of one silo, each read from the store once; and the trainers it knows.</summary>
internal sealed class ModelCatalog(ModelStore store, IEnumerable<ITwinTrainer> trainers)
{
    private readonly ConcurrentDictionary<string, Lazy<Task<ITwinModel>>> _models = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ITwinTrainer> _trainers = trainers.ToDictionary(t => t.Kind, StringComparer.Ordinal);

    /// <exception cref="InvalidRequestException">This silo has no trainer of that kind.</exception>
    public ITwinTrainer Trainer(string kind) => _trainers.TryGetValue(kind, out var trainer)
        ? trainer
        : throw new InvalidRequestException($"There is no twin model of kind '{kind}'. Known kinds: {string.Join(", ", _trainers.Keys.Order(StringComparer.Ordinal))}.");

    /// <summary>Stores a model that was just trained and keeps it at hand.</summary>
    public async Task Add(ITwinModel model)
    {
        await store.Write(model);
        _models[model.Hash] = new Lazy<Task<ITwinModel>>(Task.FromResult(model));
    }

    /// <summary>The model of that hash.</summary>
    /// <exception cref="InvalidDataException">It is not in the store, or was changed there.</exception>
    public async Task<ITwinModel> Get(string hash)
    {
        // Task.Run: the first caller is a grain, and the load must not run on its scheduler while other grains wait for it.
        var loading = _models.GetOrAdd(hash, h => new Lazy<Task<ITwinModel>>(() => Task.Run(() => Load(h))));
        try
        {
            return await loading.Value;
        }
        catch
        {
            // A failed load is not remembered: the next request tries again.
            _models.TryRemove(new KeyValuePair<string, Lazy<Task<ITwinModel>>>(hash, loading));
            throw;
        }
    }

    private async Task<ITwinModel> Load(string hash)
    {
        var stored = await store.Read(hash);
        var model = Trainer(stored.Kind).Read(stored.Bytes);
        return model.Hash == hash
            ? model
            : throw new InvalidDataException($"The model stored as {hash} says its hash is {model.Hash}. It was written by another version: train the study again.");
    }
}
