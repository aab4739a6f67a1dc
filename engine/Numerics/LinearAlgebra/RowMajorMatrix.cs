namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>A dense matrix over memory it does not own: row-major, shape [rows, columns].</summary>
/// <exception cref="ArgumentException">The values do not fill the shape.</exception>
public readonly record struct RowMajorMatrix
{
    private readonly ReadOnlyMemory<double> _values;

    public RowMajorMatrix(ReadOnlyMemory<double> values, int rowCount, int columnCount)
    {
        if (rowCount < 0 || columnCount < 0 || values.Length != (long)rowCount * columnCount)
        {
            throw new ArgumentException($"{values.Length} values do not fill [{rowCount}, {columnCount}].", nameof(values));
        }

        _values = values;
        RowCount = rowCount;
        ColumnCount = columnCount;
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    /// <summary>Row-major, shape [rows, columns].</summary>
    public ReadOnlySpan<double> Values => _values.Span;

    public ReadOnlySpan<double> Row(int row) => _values.Span.Slice(row * ColumnCount, ColumnCount);

    public double this[int row, int column] => _values.Span[(row * ColumnCount) + column];
}
