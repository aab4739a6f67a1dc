namespace DigitalTwin.Numerics.Compute;

/// <summary>A place that computes on float32 matrices: memory, and operations in the vocabulary of the field. Calls may return before the work is done;
/// reading a result waits for it. Not for use by two threads at once.</summary>
/// <remarks>Same inputs, same bytes: every reduction has a fixed order on a backend. Backends agree with each other to the tolerances of
/// <c>Parity</c>. Outputs never overlap inputs unless an operation says so.</remarks>
public interface IComputeBackend : IDenseOperations, IGraphOperations, IOptimizerOperations, IDisposable
{
    /// <summary>What computes, for people: such as "SIMD, AVX-512, 2 threads".</summary>
    string Name { get; }

    /// <summary>Size and use of the memory.</summary>
    MemoryReport Memory { get; }

    /// <summary>A buffer, of zeros if <paramref name="cleared"/>, else of whatever the last renter left. The caller owns it and disposes it.
    /// Renting a length that was given back before allocates nothing.</summary>
    /// <exception cref="InsufficientDeviceMemoryException">It does not fit.</exception>
    ComputeBuffer Rent(long length, bool cleared = true);

    /// <summary>Copies a sparse matrix to where this backend computes. The caller owns it and disposes it.</summary>
    SparseOperand Load(CsrMatrix matrix);

    /// <summary>Copies numbers from the host, row after row.</summary>
    /// <exception cref="ShapeMismatchException">The counts differ.</exception>
    void Upload(ReadOnlySpan<float> source, MatrixView destination);

    /// <summary>Waits for the work so far and copies numbers to the host, row after row.</summary>
    /// <exception cref="ShapeMismatchException">The counts differ.</exception>
    void Download(MatrixView source, Span<float> destination);

    /// <summary>Waits until all work so far is done.</summary>
    void Synchronize();
}
