namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>Cholesky factor of a small symmetric positive matrix, in place and without allocation.
/// A row that depends on the rows before it is left out: it solves to zero, as an aliased column of a regression should.</summary>
/// <remarks>Source: [Golub2013] section 4.2; the treatment of dependent rows follows the generalised inverse of [Searle1982].</remarks>
public static class Cholesky
{
    /// <summary>Relative size of a pivot below which its row counts as dependent.</summary>
    public const double DefaultTolerance = 1e-11;

    /// <summary>Replaces the lower triangle of a symmetric matrix by L with A = L L'. The upper triangle is not read.</summary>
    /// <param name="matrix">Row-major, shape [size, size].</param>
    /// <param name="size">Number of rows.</param>
    /// <param name="tolerance">A pivot below this fraction of its diagonal element is dependent; its row and column of L become zero.</param>
    /// <returns>The rank: number of rows kept.</returns>
    public static int Factor(Span<double> matrix, int size, double tolerance = DefaultTolerance)
    {
        var rank = 0;
        for (var j = 0; j < size; j++)
        {
            var rowJ = matrix.Slice(j * size, j + 1);
            var pivot = rowJ[j];
            for (var k = 0; k < j; k++)
            {
                pivot -= rowJ[k] * rowJ[k];
            }

            if (!(pivot > tolerance * rowJ[j]))
            {
                rowJ.Clear();
                for (var i = j + 1; i < size; i++)
                {
                    matrix[(i * size) + j] = 0;
                }

                continue;
            }

            rank++;
            var root = Math.Sqrt(pivot);
            rowJ[j] = root;
            for (var i = j + 1; i < size; i++)
            {
                var rowI = matrix.Slice(i * size, j + 1);
                var sum = rowI[j];
                for (var k = 0; k < j; k++)
                {
                    sum -= rowI[k] * rowJ[k];
                }

                rowI[j] = sum / root;
            }
        }

        return rank;
    }

    /// <summary>Whether <see cref="Factor"/> left this row out as dependent.</summary>
    public static bool IsDependent(ReadOnlySpan<double> factor, int size, int row) => factor[(row * size) + row] == 0;

    /// <summary>Solves A x = b from the factor of A, in place. Dependent rows get zero.</summary>
    /// <param name="factor">Result of <see cref="Factor"/>, shape [size, size].</param>
    /// <param name="size">Number of rows.</param>
    /// <param name="rightHandSide">b on entry, x on return, shape [size].</param>
    public static void Solve(ReadOnlySpan<double> factor, int size, Span<double> rightHandSide)
    {
        for (var i = 0; i < size; i++)
        {
            var pivot = factor[(i * size) + i];
            var sum = rightHandSide[i];
            for (var k = 0; k < i; k++)
            {
                sum -= factor[(i * size) + k] * rightHandSide[k];
            }

            rightHandSide[i] = pivot == 0 ? 0 : sum / pivot;
        }

        for (var i = size - 1; i >= 0; i--)
        {
            var pivot = factor[(i * size) + i];
            var sum = rightHandSide[i];
            for (var k = i + 1; k < size; k++)
            {
                sum -= factor[(k * size) + i] * rightHandSide[k];
            }

            rightHandSide[i] = pivot == 0 ? 0 : sum / pivot;
        }
    }

    /// <summary>The inverse of A from its factor; rows and columns of dependent rows are zero.</summary>
    /// <returns>Row-major, shape [size, size].</returns>
    public static double[] Inverse(ReadOnlySpan<double> factor, int size)
    {
        var inverse = new double[size * size];
        var column = new double[size];
        for (var j = 0; j < size; j++)
        {
            if (IsDependent(factor, size, j))
            {
                continue;
            }

            Array.Clear(column);
            column[j] = 1;
            Solve(factor, size, column);
            for (var i = 0; i < size; i++)
            {
                inverse[(i * size) + j] = column[i];
            }
        }

        return inverse;
    }
}
