using System.Threading.Channels;
using DigitalTwin.Contracts;
using Microsoft.Extensions.Options;

namespace DigitalTwin.Grains;

/// <summary>Runs the models of one silo on dedicated threads, one launch for all waiting requests that share model, arm and
/// horizon, so that no grain computes and none waits behind one that does.</summary>
internal sealed class ForecastBatcher : IDisposable
{
    private readonly Channel<TwinWork> _queue;
    private readonly int _maximumBatch;
    private readonly Thread[] _threads;

    /// <exception cref="ArgumentOutOfRangeException">A bound is not positive.</exception>
    public ForecastBatcher(IOptions<ForecastBatcherOptions> options)
    {
        var bounds = options.Value;
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bounds.QueueCapacity);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bounds.MaximumBatch);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bounds.ThreadCount);
        _maximumBatch = bounds.MaximumBatch;
        _queue = Channel.CreateBounded<TwinWork>(new BoundedChannelOptions(bounds.QueueCapacity) { SingleReader = bounds.ThreadCount == 1 });
        _threads = [.. Enumerable.Range(0, bounds.ThreadCount).Select(i => new Thread(Run) { IsBackground = true, Name = $"forecast batcher {i}" })];
        foreach (var thread in _threads)
        {
            thread.Start();
        }
    }

    /// <exception cref="OperationCanceledException">The silo is stopping.</exception>
    public async Task<ForecastAnswer> Forecast(ForecastWork work)
    {
        await Enqueue(work);
        return await work.Answer;
    }

    /// <exception cref="OperationCanceledException">The silo is stopping.</exception>
    public async Task<Contribution[]> Explain(ExplainWork work)
    {
        await Enqueue(work);
        return await work.Answer;
    }

    /// <summary>Takes no more work, answers what waits with a failure, and joins the threads.</summary>
    public void Dispose()
    {
        _queue.Writer.TryComplete();
        while (_queue.Reader.TryRead(out var left))
        {
            left.Fail(Stopping());
        }

        foreach (var thread in _threads)
        {
            thread.Join();
        }
    }

    private static OperationCanceledException Stopping() => new("The silo is stopping. Send the request again.");

    private async Task Enqueue(TwinWork work)
    {
        try
        {
            await _queue.Writer.WriteAsync(work);
        }
        catch (ChannelClosedException)
        {
            throw Stopping();
        }
    }

    private void Run()
    {
        var batch = new List<TwinWork>(_maximumBatch);
        while (_queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            while (batch.Count < _maximumBatch && _queue.Reader.TryRead(out var work))
            {
                batch.Add(work);
            }

            ForecastLauncher.Launch(batch);
        }
    }
}
