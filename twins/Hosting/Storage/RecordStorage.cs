using System.Globalization;
using Orleans.Storage;

namespace DigitalTwin.Hosting;

/// <summary>The part of an Orleans storage provider that is the same wherever records are kept: ETags and serialisation.</summary>
internal abstract class RecordStorage(StateSerializer serializer) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var record = await Read(RecordKey.Of(stateName, grainId));
        grainState.ETag = record is null ? null : ETag(record.Version);
        grainState.RecordExists = record?.Payload is not null;
        grainState.State = record?.Payload is { } payload ? serializer.Deserialize<T>(payload) : Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var version = await Replace(RecordKey.Of(stateName, grainId), grainState.ETag, serializer.Serialize(grainState.State));
        grainState.ETag = version;
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        // A cleared record keeps its version, or an old ETag would fit a record made again under the same key.
        grainState.ETag = await Replace(RecordKey.Of(stateName, grainId), grainState.ETag, null);
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    /// <summary>The record, or null when the key was never written.</summary>
    protected abstract Task<StoredRecord?> Read(RecordKey key);

    /// <summary>Replaces the record when it still has that version; 0 stands for a key that was never written.</summary>
    /// <returns>The new version, or null when the record had another one and nothing was written.</returns>
    protected abstract Task<long?> TryReplace(RecordKey key, long expectedVersion, byte[]? payload);

    private async Task<string> Replace(RecordKey key, string? etag, byte[]? payload)
    {
        var expected = etag is null ? 0 : long.Parse(etag, CultureInfo.InvariantCulture);
        return await TryReplace(key, expected, payload) is { } version
            ? ETag(version)
            : throw new InconsistentStateException($"State '{key.StateName}' of {key.Grain} was written by another activation.", "another version", etag ?? "none");
    }

    private static string ETag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
