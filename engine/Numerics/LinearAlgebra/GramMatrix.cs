namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>Products of every pair of rows of a dense matrix.</summary>
public static class GramMatrix
{
    private const int RowBlock = 4;

    /// <summary>Entries of a row taken at a time, so that four rows and one stay in the first cache.</summary>
    private const int ColumnBlock = 512;

    /// <summary>A A' of a matrix A.</summary>
    /// <param name="matrix">Shape [rows, columns].</param>
    /// <param name="threadCount">Threads to use; the result does not depend on it.</param>
    /// <returns>Row-major, shape [rows, rows], symmetric.</returns>
    public static double[] OfRows(RowMajorMatrix matrix, int threadCount = 1)
    {
        var (n, p) = (matrix.RowCount, matrix.ColumnCount);
        var values = matrix.Values.ToArray();
        var gram = new double[n * n];
        var blocks = (n + RowBlock - 1) / RowBlock;
        Parallel.For(0, blocks, new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threadCount) }, block =>
        {
            var first = block * RowBlock;
            for (var start = 0; start < p; start += ColumnBlock)
            {
                AddBlock(values, gram, n, p, first, start, Math.Min(ColumnBlock, p - start));
            }
        });

        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < i; j++)
            {
                gram[(j * n) + i] = gram[(i * n) + j];
            }
        }

        return gram;
    }

    /// <summary>A' A of a matrix A.</summary>
    /// <inheritdoc cref="OfRows" path="/param"/>
    /// <returns>Row-major, shape [columns, columns], symmetric.</returns>
    public static double[] OfColumns(RowMajorMatrix matrix, int threadCount = 1)
    {
        var transposed = new double[matrix.RowCount * matrix.ColumnCount];
        for (var i = 0; i < matrix.RowCount; i++)
        {
            var row = matrix.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                transposed[(j * matrix.RowCount) + i] = row[j];
            }
        }

        return OfRows(new RowMajorMatrix(transposed, matrix.ColumnCount, matrix.RowCount), threadCount);
    }

    // Lower triangle only; what a block of rows reaches above the diagonal is overwritten by the mirror.
    private static void AddBlock(double[] values, double[] gram, int n, int p, int first, int start, int length)
    {
        var last = Math.Min(first + RowBlock, n);
        for (var j = 0; j < last; j++)
        {
            var other = values.AsSpan((j * p) + start, length);
            if (last - first == RowBlock)
            {
                var (s0, s1, s2, s3) = DenseLoops.FourDots(values.AsSpan((first * p) + start), p, other);
                gram[(first * n) + j] += s0;
                gram[((first + 1) * n) + j] += s1;
                gram[((first + 2) * n) + j] += s2;
                gram[((first + 3) * n) + j] += s3;
            }
            else
            {
                for (var i = first; i < last; i++)
                {
                    gram[(i * n) + j] += DenseLoops.Dot(values.AsSpan((i * p) + start, length), other);
                }
            }
        }
    }
}
