namespace DigitalTwin.Hosting;

/// <summary>One read or write waiting for the storage thread; answered after the transaction it ran in is on disk.</summary>
internal abstract class StorageRequest
{
    /// <summary>Runs inside the transaction and keeps the result to itself.</summary>
    public abstract void Apply(SqliteRecords records);

    /// <summary>The transaction is on disk: answers the caller.</summary>
    public abstract void Succeed();

    /// <summary>The transaction was rolled back: nothing was stored.</summary>
    public abstract void Fail(Exception cause);
}

/// <param name="run">What to do with the records.</param>
internal sealed class StorageRequest<TResult>(Func<SqliteRecords, TResult> run) : StorageRequest
{
    // Asynchronous continuations: the storage thread must not run the code of the grain that waits.
    private readonly TaskCompletionSource<TResult> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;

    public Task<TResult> Answer => _answer.Task;

    public override void Apply(SqliteRecords records) => _result = run(records);

    public override void Succeed() => _answer.TrySetResult(_result!);

    public override void Fail(Exception cause) => _answer.TrySetException(cause);
}
