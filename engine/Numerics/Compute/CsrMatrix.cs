namespace DigitalTwin.Numerics.Compute;

/// <summary>A sparse matrix in compressed rows, on the host. Row i holds the edges that end in node i; the column of an edge is the node it comes from.
/// Edges are numbered in this order everywhere.</summary>
public sealed class CsrMatrix
{
    /// <param name="rowCount">Rows; not negative.</param>
    /// <param name="columnCount">Columns; not negative.</param>
    /// <param name="rowOffsets">First edge of each row and the count of edges at the end, shape [rows + 1].</param>
    /// <param name="columnIndices">Column of each edge, ascending within a row, shape [edges].</param>
    /// <param name="values">Weight of each edge, shape [edges]; null means 1 for each.</param>
    /// <exception cref="ArgumentException">Offsets do not ascend from 0 to the count of edges, an index is out of range, or lengths differ; the message names the row.</exception>
    public CsrMatrix(int rowCount, int columnCount, int[] rowOffsets, int[] columnIndices, float[]? values = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rowCount);
        ArgumentOutOfRangeException.ThrowIfNegative(columnCount);
        ArgumentNullException.ThrowIfNull(rowOffsets);
        ArgumentNullException.ThrowIfNull(columnIndices);
        if (rowOffsets.Length != rowCount + 1 || rowOffsets[0] != 0 || rowOffsets[^1] != columnIndices.Length)
        {
            throw new ArgumentException(
                $"{rowCount} rows need {rowCount + 1} offsets from 0 to {columnIndices.Length} edges; there are {rowOffsets.Length}, ending in {(rowOffsets.Length == 0 ? "nothing" : rowOffsets[^1])}.",
                nameof(rowOffsets));
        }

        if (values is not null && values.Length != columnIndices.Length)
        {
            throw new ArgumentException($"There are {columnIndices.Length} edges and {values.Length} weights.", nameof(values));
        }

        CheckRows(rowCount, columnCount, rowOffsets, columnIndices);
        (RowCount, ColumnCount, RowOffsets, ColumnIndices, Values) = (rowCount, columnCount, rowOffsets, columnIndices, values);
    }

    public int RowCount { get; }

    public int ColumnCount { get; }

    public int EdgeCount => ColumnIndices.Length;

    /// <summary>Shape [rows + 1].</summary>
    public int[] RowOffsets { get; }

    /// <summary>Shape [edges].</summary>
    public int[] ColumnIndices { get; }

    /// <summary>Shape [edges]; null where each weight is 1.</summary>
    public float[]? Values { get; }

    /// <summary>The matrix that picks rows: row k has a single 1 in column <paramref name="indices"/>[k]. A product with it gathers, with its transpose scatters.</summary>
    /// <exception cref="ArgumentException">An index is negative or not below <paramref name="columnCount"/>.</exception>
    public static CsrMatrix Selection(ReadOnlySpan<int> indices, int columnCount)
    {
        var offsets = new int[indices.Length + 1];
        for (var k = 0; k < offsets.Length; k++)
        {
            offsets[k] = k;
        }

        return new CsrMatrix(indices.Length, columnCount, offsets, indices.ToArray());
    }

    /// <summary>The matrix with <paramref name="segmentOffsets"/>.Length - 1 rows whose row s covers the columns from one offset to the next: pools contiguous rows.</summary>
    public static CsrMatrix Segments(ReadOnlySpan<int> segmentOffsets)
    {
        if (segmentOffsets.IsEmpty)
        {
            throw new ArgumentException("Segments need at least the offset 0.", nameof(segmentOffsets));
        }

        var columns = new int[segmentOffsets[^1]];
        for (var k = 0; k < columns.Length; k++)
        {
            columns[k] = k;
        }

        return new CsrMatrix(segmentOffsets.Length - 1, columns.Length, segmentOffsets.ToArray(), columns);
    }

    /// <summary>The transpose, and for each of its edges the number of that edge here.</summary>
    public (CsrMatrix Transpose, int[] EdgeOf) Transpose()
    {
        var offsets = new int[ColumnCount + 1];
        foreach (var column in ColumnIndices)
        {
            offsets[column + 1]++;
        }

        for (var c = 0; c < ColumnCount; c++)
        {
            offsets[c + 1] += offsets[c];
        }

        var next = offsets.AsSpan(0, ColumnCount).ToArray();
        var (rows, edgeOf) = (new int[EdgeCount], new int[EdgeCount]);
        for (var i = 0; i < RowCount; i++)
        {
            for (var e = RowOffsets[i]; e < RowOffsets[i + 1]; e++)
            {
                var place = next[ColumnIndices[e]]++;
                (rows[place], edgeOf[place]) = (i, e);
            }
        }

        var values = Values is null ? null : Array.ConvertAll(edgeOf, e => Values[e]);
        return (new CsrMatrix(ColumnCount, RowCount, offsets, rows, values), edgeOf);
    }

    private static void CheckRows(int rowCount, int columnCount, int[] rowOffsets, int[] columnIndices)
    {
        for (var i = 0; i < rowCount; i++)
        {
            if (rowOffsets[i + 1] < rowOffsets[i] || rowOffsets[i + 1] > columnIndices.Length)
            {
                throw new ArgumentException($"Row {i} runs from edge {rowOffsets[i]} to {rowOffsets[i + 1]}: offsets must ascend.", nameof(rowOffsets));
            }

            for (var e = rowOffsets[i]; e < rowOffsets[i + 1]; e++)
            {
                if ((uint)columnIndices[e] >= (uint)columnCount)
                {
                    throw new ArgumentException($"Edge {e} of row {i} comes from node {columnIndices[e]}, and there are nodes 0 to {columnCount - 1}.", nameof(columnIndices));
                }

                if (e > rowOffsets[i] && columnIndices[e] <= columnIndices[e - 1])
                {
                    throw new ArgumentException($"Row {i} lists column {columnIndices[e]} after {columnIndices[e - 1]}: columns of a row must ascend, each once.", nameof(columnIndices));
                }
            }
        }
    }
}
