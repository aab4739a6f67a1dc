namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Work cut into numbered items that can run in any order on any thread, since each writes only what is its own.</summary>
internal interface IParallelWork
{
    /// <param name="item">From 0 to below the count of items.</param>
    /// <param name="worker">From 0 to below the count of threads: whose scratch memory to use.</param>
    void Execute(int item, int worker);
}

/// <summary>Threads that wait for work and share its items. Starting work allocates nothing, which a task scheduler cannot promise.</summary>
/// <remarks>Work is a struct of pointers and sizes on the caller's stack, which the caller does not leave before all items are done.</remarks>
internal sealed unsafe class WorkerTeam : IDisposable
{
    private const int SpinsBeforeSleep = 4000;

    private readonly Helper[] _helpers;
    private delegate*<void*, int, int, void> _execute;
    private void* _work;
    private int _itemCount;
    private int _nextItem;
    private int _busyHelpers;
    private int _generation;
    private bool _isDisposed;
    private Exception? _fault;

    public WorkerTeam(int threadCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threadCount, 1);
        ThreadCount = threadCount;
        _helpers = new Helper[threadCount - 1];
        for (var i = 0; i < _helpers.Length; i++)
        {
            _helpers[i] = new Helper(this, i + 1);
        }
    }

    /// <summary>Threads, the caller's own among them.</summary>
    public int ThreadCount { get; }

    /// <summary>Runs all items and returns when the last is done.</summary>
    public void Run<TWork>(TWork work, int itemCount)
        where TWork : unmanaged, IParallelWork
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (_helpers.Length == 0 || itemCount <= 1)
        {
            for (var item = 0; item < itemCount; item++)
            {
                work.Execute(item, 0);
            }

            return;
        }

        _execute = &Execute<TWork>;
        _work = &work;
        _itemCount = itemCount;
        _nextItem = 0;
        _busyHelpers = _helpers.Length;
        Interlocked.Increment(ref _generation);
        foreach (var helper in _helpers)
        {
            helper.WakeIfAsleep();
        }

        TakeItems(0);
        var wait = default(SpinWait);
        while (Volatile.Read(ref _busyHelpers) > 0)
        {
            wait.SpinOnce(sleep1Threshold: -1);
        }

        if (Interlocked.Exchange(ref _fault, null) is { } fault)
        {
            throw new InvalidOperationException($"An item of parallel work failed: {fault.Message}", fault);
        }
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        Interlocked.Increment(ref _generation);
        foreach (var helper in _helpers)
        {
            helper.WakeIfAsleep();
            helper.Dispose();
        }
    }

    private static void Execute<TWork>(void* work, int item, int worker)
        where TWork : unmanaged, IParallelWork => ((TWork*)work)->Execute(item, worker);

    private void TakeItems(int worker)
    {
        try
        {
            for (var item = Interlocked.Increment(ref _nextItem) - 1; item < _itemCount; item = Interlocked.Increment(ref _nextItem) - 1)
            {
                _execute(_work, item, worker);
            }
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            // Kept for the caller, who throws it when all threads have stopped.
            Interlocked.CompareExchange(ref _fault, fault, null);
            Volatile.Write(ref _nextItem, _itemCount);
        }
    }

    private sealed class Helper : IDisposable
    {
        private readonly WorkerTeam _team;
        private readonly int _worker;
        private readonly AutoResetEvent _wake = new(false);
        private readonly Thread _thread;
        private int _isAsleep;

        public Helper(WorkerTeam team, int worker)
        {
            (_team, _worker) = (team, worker);
            _thread = new Thread(Loop) { IsBackground = true, Name = $"DigitalTwin compute {worker}" };
            _thread.Start();
        }

        public void WakeIfAsleep()
        {
            if (Interlocked.Exchange(ref _isAsleep, 0) == 1)
            {
                _wake.Set();
            }
        }

        public void Dispose()
        {
            _thread.Join();
            _wake.Dispose();
        }

        private void Loop()
        {
            for (var seen = 0; ; seen++)
            {
                WaitFor(seen);
                if (_team._isDisposed)
                {
                    return;
                }

                _team.TakeItems(_worker);
                Interlocked.Decrement(ref _team._busyHelpers);
            }
        }

        private void WaitFor(int seen)
        {
            for (var spin = 0; spin < SpinsBeforeSleep; spin++)
            {
                if (Volatile.Read(ref _team._generation) != seen)
                {
                    return;
                }

                Thread.SpinWait(1);
            }

            while (Volatile.Read(ref _team._generation) == seen)
            {
                Interlocked.Exchange(ref _isAsleep, 1);

                // Work that came before the flag was up has not seen it: look once more before sleeping.
                if (Volatile.Read(ref _team._generation) != seen && Interlocked.Exchange(ref _isAsleep, 0) == 1)
                {
                    return;
                }

                _wake.WaitOne();
            }
        }
    }
}
