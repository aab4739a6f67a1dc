namespace DigitalTwin.Numerics.Compute;

/// <summary>Numbers that live where a backend computes. Made by <see cref="IComputeBackend.Rent"/>, owned by who rented it; disposing gives it back to the backend's pool.</summary>
public abstract class ComputeBuffer : IDisposable
{
    protected ComputeBuffer(long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        Length = length;
    }

    /// <summary>Count of numbers.</summary>
    public long Length { get; }

    /// <summary>The whole buffer as a matrix with contiguous rows.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The buffer is too short for the shape.</exception>
    public MatrixView AsMatrix(int rows, int columns) => new(this, 0, rows, columns);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives the buffer back to its pool.</summary>
    protected abstract void Dispose(bool disposing);
}
