namespace DigitalTwin.Numerics.Compute.Simd;

/// <summary>A matrix view as pointer and sizes, for use inside work items.</summary>
internal readonly unsafe struct Rows
{
    public Rows(MatrixView view, SimdBufferPool pool)
    {
        if (view.Buffer is not SimdBuffer buffer || buffer.Pool != pool)
        {
            throw new ArgumentException($"A matrix {view.ShapeText} lies in a buffer of another backend. Rent it from the backend that computes.", nameof(view));
        }

        Start = buffer.Start + view.Offset;
        Count = view.Rows;
        Columns = view.Columns;
        Stride = view.RowStride;
    }

    private Rows(float* start, int count, int columns, int stride)
    {
        Start = start;
        Count = count;
        Columns = columns;
        Stride = stride;
    }

    public float* Start { get; }

    public int Count { get; }

    public int Columns { get; }

    public int Stride { get; }

    public long Length => (long)Count * Columns;

    public bool IsContiguous => Stride == Columns || Count <= 1;

    public float* this[long row] => Start + (row * Stride);

    /// <summary>The row that serves a row of a larger matrix: rows repeat.</summary>
    public float* Repeated(long row) => Start + (Count == 1 ? 0 : row % Count * Stride);

    /// <summary>The same matrix without its first rows.</summary>
    public Rows From(long row) => new(this[row], (int)(Count - row), Columns, Stride);

    /// <summary>A matrix in scratch memory.</summary>
    public static Rows At(float* start, int count, int columns) => new(start, count, columns, columns);
}
