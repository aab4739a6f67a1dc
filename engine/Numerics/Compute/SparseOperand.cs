namespace DigitalTwin.Numerics.Compute;

/// <summary>A sparse matrix where a backend computes: rows, their transpose, and the permutation between the two edge orders, so that both directions
/// gather and none scatters. Made by <see cref="IComputeBackend.Load"/>; shared by all patients of a batch.</summary>
public abstract class SparseOperand : IDisposable
{
    protected SparseOperand(CsrMatrix host)
    {
        ArgumentNullException.ThrowIfNull(host);
        Host = host;
    }

    /// <summary>The matrix it was made from.</summary>
    public CsrMatrix Host { get; }

    public int RowCount => Host.RowCount;

    public int ColumnCount => Host.ColumnCount;

    public int EdgeCount => Host.EdgeCount;

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected abstract void Dispose(bool disposing);
}
