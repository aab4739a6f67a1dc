using System.Runtime.ConstrainedExecution;
using System.Runtime.InteropServices;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>Memory outside the managed heap, freed when nothing refers to it any more. Large blocks begin at a large page of the processor and ask for such
/// pages: reading neighbours in any order touches hundreds of small ones, more than the processor keeps addresses of.</summary>
internal sealed unsafe partial class NativeMemoryBlock : CriticalFinalizerObject, IDisposable
{
    private const nuint CacheLine = 64;
    private const nuint LargePage = 2 << 20;
    private const nuint SmallestLargeBlock = LargePage / 4;
    private const int AdviseLargePages = 14;

    public NativeMemoryBlock(long byteCount)
    {
        var size = checked((nuint)Math.Max(byteCount, 1));
        var isLarge = size >= SmallestLargeBlock;
        size = isLarge ? (size + LargePage - 1) / LargePage * LargePage : size;
        Start = NativeMemory.AlignedAlloc(size, isLarge ? LargePage : CacheLine);
        ByteCount = byteCount;
        if (isLarge && OperatingSystem.IsLinux())
        {
            // A hint: a system that has no large pages to give says so, and nothing else changes.
            _ = Advise(Start, size, AdviseLargePages);
        }
    }

    ~NativeMemoryBlock() => Free();

    public void* Start { get; private set; }

    public long ByteCount { get; }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    [LibraryImport("libc", EntryPoint = "madvise")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Advise(void* start, nuint length, int advice);

    private void Free()
    {
        NativeMemory.AlignedFree(Start);
        Start = null;
    }
}
