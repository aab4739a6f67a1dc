namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Memory that an operation uses while it runs: one part for each worker, grown when an operation needs more.</summary>
internal sealed unsafe class ScratchMemory(int partCount) : IDisposable
{
    private const long CacheLineNumbers = 16;

    private NativeMemoryBlock? _block;

    /// <summary>Room for each worker.</summary>
    /// <param name="length">Numbers for each.</param>
    public ScratchParts Parts(long length)
    {
        var stride = (length + CacheLineNumbers - 1) / CacheLineNumbers * CacheLineNumbers;
        var bytes = checked(stride * partCount * sizeof(float));
        if (_block is null || _block.ByteCount < bytes)
        {
            _block?.Dispose();
            _block = new NativeMemoryBlock(bytes);
        }

        return new ScratchParts((float*)_block.Start, stride);
    }

    public void Dispose() => _block?.Dispose();
}

/// <summary>Where the part of each worker begins.</summary>
internal readonly unsafe struct ScratchParts(float* start, long stride)
{
    public float* this[int worker] => start + (worker * stride);
}
