namespace DigitalTwin.Tests.Twins;

/// <summary>Holds a thread of the code under test at a known point until the test lets it go. No sleeps, no luck.</summary>
internal sealed class PhaseBarrier : IDisposable
{
    /// <summary>Far longer than any phase takes: only a hang reaches it.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _open = new(false);

    /// <summary>Completes when the code under test stands at the barrier.</summary>
    public Task Reached => _reached.Task.WaitAsync(Limit);

    /// <summary>Called by the code under test: says that it is here and waits.</summary>
    public void Stop(CancellationToken cancellation = default)
    {
        _reached.TrySetResult();
        Assert.True(_open.Wait(Limit, cancellation), "The test never opened the barrier.");
    }

    /// <summary>Lets the code under test go on, now and from now on.</summary>
    public void Open() => _open.Set();

    public void Dispose()
    {
        _open.Set();
        _open.Dispose();
    }
}
