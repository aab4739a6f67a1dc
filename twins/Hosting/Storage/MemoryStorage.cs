namespace DigitalTwin.Hosting;

/// <summary>Keeps state in the memory of one process, as bytes, with the same ETags as the durable storage.</summary>
internal sealed class MemoryStorage(StateSerializer serializer) : RecordStorage(serializer)
{
    private readonly Dictionary<RecordKey, StoredRecord> _records = [];
    private readonly Lock _lock = new();

    protected override Task<StoredRecord?> Read(RecordKey key)
    {
        lock (_lock)
        {
            return Task.FromResult(_records.GetValueOrDefault(key));
        }
    }

    protected override Task<long?> TryReplace(RecordKey key, long expectedVersion, byte[]? payload)
    {
        lock (_lock)
        {
            if ((_records.GetValueOrDefault(key)?.Version ?? 0) != expectedVersion)
            {
                return Task.FromResult<long?>(null);
            }

            _records[key] = new StoredRecord(expectedVersion + 1, payload);
            return Task.FromResult<long?>(expectedVersion + 1);
        }
    }
}
