using System.Security.Cryptography;
using DigitalTwin.Models;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace DigitalTwin.Grains;

/// <summary>Keeps each trained model once, under its hash, in the storage the twins use.</summary>
internal sealed class ModelStore([FromKeyedServices(TwinStorage.Name)] IGrainStorage storage)
{
    private const string StateName = "model";

    /// <summary>Stores the model; a model that is there already is left as it is.</summary>
    public async Task Write(ITwinModel model)
    {
        var state = new GrainState<StoredModel>();
        await storage.ReadStateAsync(StateName, Key(model.Hash), state);
        if (state.RecordExists)
        {
            return;
        }

        var bytes = model.Serialize();
        state.State = new StoredModel { Kind = model.Kind, Bytes = bytes, Checksum = Checksum(bytes) };
        try
        {
            await storage.WriteStateAsync(StateName, Key(model.Hash), state);
        }
        catch (InconsistentStateException)
        {
            // Another silo stored the same model between the read and the write: one hash means one content.
        }
    }

    /// <exception cref="InvalidDataException">The model is not there, or its bytes changed in storage.</exception>
    public async Task<StoredModel> Read(string hash)
    {
        var state = new GrainState<StoredModel>();
        await storage.ReadStateAsync(StateName, Key(hash), state);
        if (state is not { RecordExists: true, State: { } stored })
        {
            throw new InvalidDataException($"Model {hash} is not in the store. Train the study again.");
        }

        return Checksum(stored.Bytes) == stored.Checksum
            ? stored
            : throw new InvalidDataException($"The bytes of model {hash} changed in storage. Restore the state folder, or train the study again.");
    }

    private static GrainId Key(string hash) => GrainId.Create("model", hash);

    private static string Checksum(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
