using System.Runtime.Intrinsics;

namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>The default backend: SIMD registers of the processor and a team of threads, on native memory.</summary>
/// <remarks>Work is cut by shapes, never by the count of threads, and sums run in a fixed order: the same numbers on 1 thread or 64, and on any processor,
/// since registers shorter than 512 bits are used in pairs for the same lanes.</remarks>
public sealed unsafe partial class SimdBackend : IComputeBackend
{
    // A fact of the process, asked once: asking takes milliseconds, and networks rent small backends by the dozen.
    private static readonly long s_availableBytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    private readonly WorkerTeam _team;
    private readonly SimdBufferPool _pool;
    private readonly ScratchMemory _scratch;
    private readonly ScratchMemory _shared = new(1);

    /// <param name="threadCount">Threads to compute with, the caller's own among them; at least 1.</param>
    /// <param name="memoryBudgetBytes">Most bytes that buffers may hold; by default what the process may use.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no thread, or no memory.</exception>
    public SimdBackend(int threadCount, long? memoryBudgetBytes = null)
    {
        var budget = memoryBudgetBytes ?? s_availableBytes;
        ArgumentOutOfRangeException.ThrowIfNegative(budget, nameof(memoryBudgetBytes));
        _team = new WorkerTeam(threadCount);
        _scratch = new ScratchMemory(threadCount);
        Name = $"SIMD, {Instructions}, {threadCount} thread{(threadCount == 1 ? "" : "s")}";
        _pool = new SimdBufferPool(Name, budget);
    }

    public string Name { get; }

    public MemoryReport Memory => _pool.Report;

    private static string Instructions =>
        Vector512.IsHardwareAccelerated ? "512-bit registers" : Vector256.IsHardwareAccelerated ? "256-bit registers" : Vector128.IsHardwareAccelerated ? "128-bit registers" : "no vector registers";

    public ComputeBuffer Rent(long length, bool cleared = true) => _pool.Rent(length, cleared);

    public SparseOperand Load(CsrMatrix matrix) => new SimdSparseOperand(matrix);

    public void Upload(ReadOnlySpan<float> source, MatrixView destination)
    {
        CheckCount(source.Length, destination);
        var to = Of(destination);
        if (to.IsContiguous)
        {
            source.CopyTo(new Span<float>(to.Start, source.Length));
            return;
        }

        for (var r = 0; r < to.Count; r++)
        {
            source.Slice(r * to.Columns, to.Columns).CopyTo(new Span<float>(to[r], to.Columns));
        }
    }

    public void Download(MatrixView source, Span<float> destination)
    {
        CheckCount(destination.Length, source);
        var from = Of(source);
        if (from.IsContiguous)
        {
            new ReadOnlySpan<float>(from.Start, destination.Length).CopyTo(destination);
            return;
        }

        for (var r = 0; r < from.Count; r++)
        {
            new ReadOnlySpan<float>(from[r], from.Columns).CopyTo(destination.Slice(r * from.Columns, from.Columns));
        }
    }

    /// <summary>Nothing to wait for: every operation has ended when its call returns.</summary>
    public void Synchronize()
    {
    }

    public void Dispose()
    {
        _team.Dispose();
        _pool.Dispose();
        _scratch.Dispose();
        _shared.Dispose();
    }

    private static void CheckCount(int count, MatrixView view)
    {
        if (count != view.Length)
        {
            throw new ShapeMismatchException($"There are {count} numbers on the host and the matrix is {view.ShapeText}.");
        }
    }

    private Rows Of(MatrixView view) => new(view, _pool);
}
