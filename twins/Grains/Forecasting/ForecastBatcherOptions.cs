namespace DigitalTwin.Grains;

/// <summary>Bounds of a silo's forecast batcher.</summary>
public sealed class ForecastBatcherOptions
{
    /// <summary>Requests that may wait; when full, a caller waits to put its request in.</summary>
    public int QueueCapacity { get; set; } = 8_192;

    /// <summary>Most requests of one launch.</summary>
    public int MaximumBatch { get; set; } = 1_024;

    /// <summary>Dedicated threads, each running one launch at a time.</summary>
    public int ThreadCount { get; set; } = 1;
}
