using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Memory outside the managed heap, aligned to a cache line; freed when nothing refers to it any more.</summary>
internal sealed unsafe class NativeMemoryBlock : CriticalFinalizerObject, IDisposable
{
    private const nuint CacheLine = 64;

    public NativeMemoryBlock(long byteCount)
    {
        Start = NativeMemory.AlignedAlloc(checked((nuint)Math.Max(byteCount, 1)), CacheLine);
        ByteCount = byteCount;
    }

    ~NativeMemoryBlock() => Free();

    public void* Start { get; private set; }

    public long ByteCount { get; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }
}
