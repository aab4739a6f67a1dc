using System.Threading.Channels;

namespace DigitalTwin.Hosting;

/// <summary>Durable storage in one SQLite file with group commit: everything that waits when the storage thread is free runs in one
/// transaction, so that many grains share one flush to disk.</summary>
internal sealed class SqliteStorage : RecordStorage, IDisposable
{
    private const int MaximumBatch = 2_048;
    private const int QueueCapacity = 16_384;

    private readonly Channel<StorageRequest> _queue =
        Channel.CreateBounded<StorageRequest>(new BoundedChannelOptions(QueueCapacity) { SingleReader = true });

    private readonly SqliteRecords _records;
    private readonly Task _pump;

    /// <param name="path">The SQLite file; created when absent.</param>
    /// <param name="serializer">Turns state into bytes.</param>
    /// <exception cref="IOException">The file cannot be opened, another process uses it, or it is of another version.</exception>
    public SqliteStorage(string path, StateSerializer serializer)
        : base(serializer)
    {
        _records = new SqliteRecords(path);

        // TaskScheduler.Default: the first use may come from inside a grain, whose scheduler the pump would take and never give back.
        _pump = Task.Factory.StartNew(Pump, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Finishes what waits, then closes the file.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        _pump.Wait();
        _records.Dispose();
    }

    protected override Task<StoredRecord?> Read(RecordKey key) => Send(records => records.Read(key));

    protected override Task<long?> TryReplace(RecordKey key, long expectedVersion, byte[]? payload) =>
        Send(records => records.TryReplace(key, expectedVersion, payload));

    private async Task<TResult> Send<TResult>(Func<SqliteRecords, TResult> run)
    {
        var request = new StorageRequest<TResult>(run);
        try
        {
            await _queue.Writer.WriteAsync(request);
        }
        catch (ChannelClosedException cause)
        {
            throw new OperationCanceledException("The silo is stopping. Send the request again.", cause);
        }

        return await request.Answer;
    }

    private void Pump()
    {
        var batch = new List<StorageRequest>(MaximumBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < MaximumBatch && _queue.Reader.TryRead(out var request))
            {
                batch.Add(request);
            }

            RunAsOne(batch);
        }
    }

    /// <summary>Runs the batch in one transaction. A version conflict is a result of its own request; a failure of the file fails them all.</summary>
    private void RunAsOne(List<StorageRequest> batch)
    {
        try
        {
            _records.Begin();
            batch.ForEach(request => request.Apply(_records));
            _records.Commit();
        }
#pragma warning disable CA1031 // Whatever went wrong belongs to the callers of this batch: the thread serves the next one.
        catch (Exception cause)
#pragma warning restore CA1031
        {
            TryRollback();
            batch.ForEach(request => request.Fail(new IOException("The twins' state could not be written; nothing of this request was stored.", cause)));
            return;
        }

        batch.ForEach(request => request.Succeed());
    }

    private void TryRollback()
    {
        try
        {
            _records.Rollback();
        }
        catch (Microsoft.Data.Sqlite.SqliteException)
        {
            // SQLite has rolled back by itself when the disk is full or the transaction never began.
        }
    }
}
