using Orleans.Storage;

namespace DigitalTwin.Tests.Twins;

/// <summary>Storage that fails one chosen write: before it reaches the disk, or after, so that only the reply is lost.</summary>
internal sealed class FaultyStorage(IGrainStorage inner) : IGrainStorage
{
    private string? _state;
    private bool _reachesDisk;

    /// <summary>Fails the next write of that state.</summary>
    /// <param name="state">Name of the state.</param>
    /// <param name="reachesDisk">True loses the reply only; false loses the write.</param>
    public void FailNextWrite(string state, bool reachesDisk) => (_reachesDisk, _state) = (reachesDisk, state);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ReadStateAsync(stateName, grainId, grainState);

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Interlocked.CompareExchange(ref _state, null, stateName) != stateName)
        {
            await inner.WriteStateAsync(stateName, grainId, grainState);
            return;
        }

        if (_reachesDisk)
        {
            await inner.WriteStateAsync(stateName, grainId, new GrainState<T>(grainState.State!, grainState.ETag));
        }

        throw new IOException("The storage died.");
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => inner.ClearStateAsync(stateName, grainId, grainState);
}
