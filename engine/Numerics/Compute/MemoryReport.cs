namespace DigitalTwin.Numerics.Compute;

/// <summary>Memory of a backend, in bytes.</summary>
/// <param name="TotalBytes">Size of the device's memory, or the budget that the backend was given.</param>
/// <param name="RentedBytes">In buffers that somebody holds.</param>
/// <param name="PooledBytes">In buffers that wait for the next renter.</param>
public readonly record struct MemoryReport(long TotalBytes, long RentedBytes, long PooledBytes)
{
    /// <summary>What can still be rented; pooled buffers count as free since they are given up when space is short.</summary>
    public long FreeBytes => TotalBytes - RentedBytes;
}
