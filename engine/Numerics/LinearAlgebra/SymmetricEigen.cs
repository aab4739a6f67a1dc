namespace DigitalTwin.Numerics.LinearAlgebra;

/// <summary>Eigenvalues and orthonormal eigenvectors of a symmetric matrix, largest first.</summary>
/// <param name="Values">Shape [size], descending.</param>
/// <param name="Vectors">Row-major, shape [size, size]: row k is the vector of value k.</param>
/// <remarks>Householder reduction to tridiagonal form, then QL steps with implicit shifts, [Golub2013] sections 8.3.1 and 8.3.3; rotations act on rows,
/// which lie together in memory. About 5 size^3 multiply-adds.</remarks>
public sealed record SymmetricEigen(double[] Values, double[] Vectors)
{
    private const int StepLimit = 60;

    /// <param name="matrix">Row-major, shape [size, size], symmetric and finite; overwritten.</param>
    /// <param name="size">Number of rows.</param>
    /// <exception cref="ArgumentException">The matrix is not of that shape, or has an entry that is not finite.</exception>
    public static SymmetricEigen Of(double[] matrix, int size)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (matrix.Length != size * size)
        {
            throw new ArgumentException($"{matrix.Length} values do not fill [{size}, {size}].", nameof(matrix));
        }

        if (Array.Exists(matrix, v => !double.IsFinite(v)))
        {
            throw new ArgumentException("The matrix has an entry that is not finite.", nameof(matrix));
        }

        var diagonal = new double[size];
        var offDiagonal = new double[size];
        var factors = Tridiagonalize(matrix, size, diagonal, offDiagonal);
        var vectors = Accumulate(matrix, size, factors);
        Diagonalize(diagonal, offDiagonal, vectors, size);
        return Sorted(diagonal, vectors, size);
    }

    /// <summary>Leaves the Householder vectors in the columns below the diagonal, transposed into rows to its right.</summary>
    private static double[] Tridiagonalize(double[] a, int n, double[] diagonal, double[] offDiagonal)
    {
        var factors = new double[n];
        var image = new double[n];
        for (var k = 0; k + 1 < n; k++)
        {
            diagonal[k] = a[(k * n) + k];
            var v = a.AsSpan((k * n) + k + 1, n - k - 1);
            var norm = Math.Sqrt(DenseLoops.Dot(v, v));
            var tail = DenseLoops.Dot(v[1..], v[1..]);
            if (tail == 0)
            {
                offDiagonal[k] = v[0];
                v.Clear();
                continue;
            }

            var alpha = v[0] > 0 ? -norm : norm;
            offDiagonal[k] = alpha;
            v[0] -= alpha;
            factors[k] = 2 / ((v[0] * v[0]) + tail);
            var p = image.AsSpan(0, v.Length);
            for (var i = 0; i < v.Length; i++)
            {
                p[i] = factors[k] * DenseLoops.Dot(a.AsSpan(((k + 1 + i) * n) + k + 1, v.Length), v);
            }

            DenseLoops.AddScaled(p, -0.5 * factors[k] * DenseLoops.Dot(p, v), v);
            for (var i = 0; i < v.Length; i++)
            {
                var row = a.AsSpan(((k + 1 + i) * n) + k + 1, v.Length);
                DenseLoops.AddScaled(row, -v[i], p);
                DenseLoops.AddScaled(row, -p[i], v);
            }
        }

        if (n > 0)
        {
            diagonal[n - 1] = a[(n * n) - 1];
        }

        return factors;
    }

    /// <summary>The product of the reflections, transposed: row k becomes eigenvector k once the rotations have run.</summary>
    private static double[] Accumulate(double[] a, int n, double[] factors)
    {
        var vectors = new double[n * n];
        for (var i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        // Q' = ... H1 H0 from the right end: rows of Q' are acted on from the right by each reflection.
        for (var k = n - 2; k >= 0; k--)
        {
            if (factors[k] == 0)
            {
                continue;
            }

            var v = a.AsSpan((k * n) + k + 1, n - k - 1);
            for (var i = k + 1; i < n; i++)
            {
                var row = vectors.AsSpan((i * n) + k + 1, v.Length);
                DenseLoops.AddScaled(row, -factors[k] * DenseLoops.Dot(row, v), v);
            }
        }

        return vectors;
    }

    private static void Diagonalize(double[] d, double[] e, double[] vectors, int n)
    {
        // Rounding has the size of the largest entry: among eigenvalues near 0 a smaller one would never be reached.
        var norm = 0.0;
        for (var k = 0; k < n; k++)
        {
            norm = Math.Max(norm, Math.Abs(d[k]) + Math.Abs(e[k]));
        }

        for (var l = 0; l < n; l++)
        {
            for (var step = 0; ; step++)
            {
                var m = l;
                while (m + 1 < n && Math.Abs(e[m]) > 1.1e-16 * norm)
                {
                    m++;
                }

                if (m == l)
                {
                    break;
                }

                if (step == StepLimit)
                {
                    throw new ArithmeticException($"An eigenvalue did not settle in {StepLimit} steps.");
                }

                ImplicitStep(d, e, vectors, n, l, m);
            }
        }
    }

    private static void ImplicitStep(double[] d, double[] e, double[] vectors, int n, int l, int m)
    {
        var g = (d[l + 1] - d[l]) / (2 * e[l]);
        var r = Math.Sqrt((g * g) + 1);
        g = d[m] - d[l] + (e[l] / (g + (g >= 0 ? r : -r)));
        var (sine, cosine, shift) = (1.0, 1.0, 0.0);
        for (var i = m - 1; i >= l; i--)
        {
            var f = sine * e[i];
            var b = cosine * e[i];
            r = Math.Sqrt((f * f) + (g * g));
            e[i + 1] = r;
            if (r == 0)
            {
                d[i + 1] -= shift;
                e[m] = 0;
                return;
            }

            (sine, cosine) = (f / r, g / r);
            g = d[i + 1] - shift;
            r = ((d[i] - g) * sine) + (2 * cosine * b);
            shift = sine * r;
            d[i + 1] = g + shift;
            g = (cosine * r) - b;
            DenseLoops.Rotate(vectors.AsSpan(i * n, n), vectors.AsSpan((i + 1) * n, n), cosine, sine);
        }

        d[l] -= shift;
        e[l] = g;
        e[m] = 0;
    }

    private static SymmetricEigen Sorted(double[] diagonal, double[] vectors, int n)
    {
        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(k => diagonal[k]).ThenBy(k => k)];
        var sorted = new double[n * n];
        for (var k = 0; k < n; k++)
        {
            vectors.AsSpan(order[k] * n, n).CopyTo(sorted.AsSpan(k * n));
        }

        return new SymmetricEigen([.. order.Select(k => diagonal[k])], sorted);
    }
}
