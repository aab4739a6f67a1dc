using Orleans.Storage;

namespace DigitalTwin.Grains;

/// <summary>State of a grain that is only ever seen as storage holds it: not saved means not seen.</summary>
/// <typeparam name="T">An immutable record; a grain that was never saved has its empty value.</typeparam>
internal sealed class CommittedState<T>(string name, IGrainStorage storage, IGrainBase grain)
    where T : class, new()
{
    private string? _etag;

    /// <summary>What was last read from or written to storage; the old value while a save is under way.</summary>
    public T Value { get; private set; } = new();

    /// <summary>Reads what storage holds; call it when the grain activates.</summary>
    public async Task Load()
    {
        var read = new GrainState<T>();
        await storage.ReadStateAsync(name, grain.GrainContext.GrainId, read);
        (Value, _etag) = (read is { RecordExists: true, State: { } stored } ? stored : new T(), read.ETag);
    }

    /// <summary>Writes the next state under the ETag of the last one.</summary>
    /// <exception cref="InconsistentStateException">Another activation wrote in between.</exception>
    /// <remarks>When the write fails its outcome is unknown: it may have reached storage before the reply was lost. The old state
    /// stays and the grain deactivates, so that the next request reads what storage truly holds.</remarks>
    public async Task Save(T next)
    {
        var write = new GrainState<T>(next, _etag);
        try
        {
            await storage.WriteStateAsync(name, grain.GrainContext.GrainId, write);
        }
        catch
        {
            grain.DeactivateOnIdle();
            throw;
        }

        (Value, _etag) = (next, write.ETag);
    }
}
