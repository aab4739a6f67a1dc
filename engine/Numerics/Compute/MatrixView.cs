namespace DigitalTwin.Numerics.Compute;

/// <summary>A matrix inside a buffer: rows of contiguous numbers, <see cref="RowStride"/> apart. A patient batch over a graph is [patients * genes, features]:
/// patient p, gene i is row p * genes + i.</summary>
public readonly record struct MatrixView
{
    /// <summary>A matrix whose rows lie one after another.</summary>
    public MatrixView(ComputeBuffer buffer, long offset, int rows, int columns)
        : this(buffer, offset, rows, columns, columns)
    {
    }

    /// <summary>A matrix inside a wider one.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, the stride is below the columns, or the matrix passes the end of the buffer.</exception>
    public MatrixView(ComputeBuffer buffer, long offset, int rows, int columns, int rowStride)
    {
        ArgumentNullException.ThrowIfNull(buffer);
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentOutOfRangeException.ThrowIfLessThan(rowStride, columns);
        if (rows > 0 && columns > 0)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(offset + ((long)(rows - 1) * rowStride) + columns, buffer.Length);
        }

        (Buffer, Offset, Rows, Columns, RowStride) = (buffer, offset, rows, columns, rowStride);
    }

    public ComputeBuffer Buffer { get; }

    /// <summary>Place of the first number in the buffer.</summary>
    public long Offset { get; }

    public int Rows { get; }

    public int Columns { get; }

    /// <summary>Numbers from the start of one row to the start of the next.</summary>
    public int RowStride { get; }

    /// <summary>Count of numbers.</summary>
    public long Length => (long)Rows * Columns;

    /// <summary>Whether rows lie one after another without gaps.</summary>
    public bool IsContiguous => RowStride == Columns || Rows <= 1;

    /// <summary>Some of the rows.</summary>
    public MatrixView SliceRows(int start, int count) => new(Buffer, Offset + ((long)start * RowStride), count, Columns, RowStride);

    /// <summary>Some of the columns.</summary>
    public MatrixView SliceColumns(int start, int count) => new(Buffer, Offset + start, Rows, count, RowStride);

    /// <summary>The same numbers with other sizes; only for contiguous matrices.</summary>
    /// <exception cref="ShapeMismatchException">The count of numbers differs, or the rows have gaps.</exception>
    public MatrixView Reshape(int rows, int columns)
    {
        if (!IsContiguous || (long)rows * columns != Length)
        {
            throw new ShapeMismatchException($"A {(IsContiguous ? "contiguous" : "strided")} matrix {ShapeText} cannot be read as [{rows}, {columns}].");
        }

        return new MatrixView(Buffer, Offset, rows, columns);
    }

    /// <summary>Sizes as text, such as [160000, 64].</summary>
    public string ShapeText => $"[{Rows}, {Columns}]";
}
