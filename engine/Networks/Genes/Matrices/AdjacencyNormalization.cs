using DigitalTwin.Numerics.Compute;

namespace DigitalTwin.Networks.Genes.Matrices;

/// <summary>Scales the cells of an adjacency matrix, so that what a node gathers does not grow with its degree. Degrees are sums of absolute values; signs stay.</summary>
public static class AdjacencyNormalization
{
    /// <summary>Each cell over the square root of the degrees of its row and of its column.</summary>
    /// <param name="adjacency">Square [nodes, nodes].</param>
    /// <param name="addSelfLoops">Add 1 to each cell of the diagonal first, so that a node also hears itself.</param>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    /// <exception cref="NoEdgesException">It has no edges, and no self loops are added.</exception>
    /// <remarks>Source: [Kipf2017] equation 2, for a symmetric matrix; rows and columns have degrees of their own where it is not.</remarks>
    public static CsrMatrix Symmetric(CsrMatrix adjacency, bool addSelfLoops = true)
    {
        var matrix = Prepared(adjacency, addSelfLoops);
        var (rows, columns) = (new double[matrix.RowCount], new double[matrix.RowCount]);
        ForEach(matrix, (e, i, j) =>
        {
            rows[i] += Math.Abs(matrix.Values![e]);
            columns[j] += Math.Abs(matrix.Values[e]);
        });
        return Scaled(matrix, (i, j) => Math.Sqrt(rows[i] * columns[j]));
    }

    /// <summary>Each cell over the degree of its row: what a node gathers is a mean, and a row without signs sums to 1.</summary>
    /// <inheritdoc cref="Symmetric"/>
    public static CsrMatrix RandomWalk(CsrMatrix adjacency, bool addSelfLoops = false)
    {
        var matrix = Prepared(adjacency, addSelfLoops);
        var rows = new double[matrix.RowCount];
        ForEach(matrix, (e, i, _) => rows[i] += Math.Abs(matrix.Values![e]));
        return Scaled(matrix, (i, _) => rows[i]);
    }

    /// <summary>The matrix with 1 added to each cell of its diagonal.</summary>
    /// <exception cref="ArgumentException">The matrix is not square.</exception>
    public static CsrMatrix WithSelfLoops(CsrMatrix adjacency)
    {
        RequireSquare(adjacency);
        var (offsets, columns, values) = (new int[adjacency.RowCount + 1], new List<int>(), new List<float>());
        for (var i = 0; i < adjacency.RowCount; i++)
        {
            var isPending = true;
            for (var e = adjacency.RowOffsets[i]; e < adjacency.RowOffsets[i + 1]; e++)
            {
                var (column, value) = (adjacency.ColumnIndices[e], adjacency.Values?[e] ?? 1);
                if (isPending && column > i)
                {
                    columns.Add(i);
                    values.Add(1);
                }

                isPending &= column < i;
                columns.Add(column);
                values.Add(column == i ? value + 1 : value);
            }

            if (isPending)
            {
                columns.Add(i);
                values.Add(1);
            }

            offsets[i + 1] = columns.Count;
        }

        return new CsrMatrix(adjacency.RowCount, adjacency.ColumnCount, offsets, [.. columns], [.. values]);
    }

    private static CsrMatrix Prepared(CsrMatrix adjacency, bool addSelfLoops)
    {
        RequireSquare(adjacency);
        if (addSelfLoops)
        {
            return WithSelfLoops(adjacency);
        }

        if (adjacency.EdgeCount == 0)
        {
            throw new NoEdgesException($"A matrix of {adjacency.RowCount} nodes without edges cannot be normalised. Add self loops, or give the network its edges.");
        }

        var ones = new float[adjacency.EdgeCount];
        Array.Fill(ones, 1);
        return new CsrMatrix(adjacency.RowCount, adjacency.ColumnCount, adjacency.RowOffsets, adjacency.ColumnIndices, adjacency.Values ?? ones);
    }

    private static void RequireSquare(CsrMatrix adjacency)
    {
        ArgumentNullException.ThrowIfNull(adjacency);
        if (adjacency.RowCount != adjacency.ColumnCount)
        {
            throw new ArgumentException($"The matrix is [{adjacency.RowCount}, {adjacency.ColumnCount}]; an adjacency matrix has as many rows as columns.", nameof(adjacency));
        }
    }

    private static CsrMatrix Scaled(CsrMatrix matrix, Func<int, int, double> divisor)
    {
        var values = new float[matrix.EdgeCount];
        ForEach(matrix, (e, i, j) => values[e] = divisor(i, j) is > 0 and var d ? (float)(matrix.Values![e] / d) : 0);
        return new CsrMatrix(matrix.RowCount, matrix.ColumnCount, matrix.RowOffsets, matrix.ColumnIndices, values);
    }

    private static void ForEach(CsrMatrix matrix, Action<int, int, int> visit)
    {
        for (var i = 0; i < matrix.RowCount; i++)
        {
            for (var e = matrix.RowOffsets[i]; e < matrix.RowOffsets[i + 1]; e++)
            {
                visit(e, i, matrix.ColumnIndices[e]);
            }
        }
    }
}
