using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Kernels;

/// <summary>Kernel ridge regression of values that belong to pairs of a row and a column (a cell line and a drug), some of the pairs observed. What two pairs have in
/// common is the product of what their rows and their columns have in common:
/// cov[f(i, j), f(k, l)] = (K[i, k] + own [i = k]) C[j, l], and a value is f plus noise of variance N[i, j].
/// The dual values a solve (S o (K + own I) a C) + N a = y over the observed pairs; f at other pairs is then (K' a C').</summary>
/// <remarks>
/// Sources: kernel ridge and its reading as a Gaussian process [Rasmussen2006]; several tasks by a product of kernels [Bonilla2008]; pairs, and the products of
/// Kronecker form that make them cheap [Stock2018]. The system has as many unknowns as there are observed pairs and is never formed: products with it are three products of
/// small matrices, and conjugate gradients [Hestenes1952] are preconditioned by the inverse that holds if every pair were observed with the mean noise, which the
/// eigenvectors of K and C give. With nothing missing and one noise that inverse is exact, and the first step ends it.
/// </remarks>
public sealed class PairedKernelRidge
{
    private readonly SymmetricFactor _rows;
    private readonly SymmetricFactor _columns;
    private readonly double _own;
    private readonly double[] _noise;
    private readonly bool[] _isObserved;
    private readonly double[] _inverse;
    private readonly double[] _first;
    private readonly double[] _second;

    /// <param name="rows">K, shape [rows, rows].</param>
    /// <param name="columns">C, shape [columns, columns].</param>
    /// <param name="own">What a row has beside K and shares with no other; not negative.</param>
    /// <param name="noise">Variance of each observed value, positive; positive infinity where a pair was not observed. Row-major, shape [rows, columns].</param>
    /// <exception cref="ArgumentException">The noise is of another shape, not positive, or nothing is observed.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="own"/> is negative or not finite.</exception>
    public PairedKernelRidge(SymmetricFactor rows, SymmetricFactor columns, double own, double[] noise)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(columns);
        ArgumentNullException.ThrowIfNull(noise);
        if (!double.IsFinite(own) || own < 0)
        {
            throw new ArgumentOutOfRangeException(nameof(own), own, "What a row has of its own is finite and not negative.");
        }

        if (noise.Length != rows.Size * columns.Size || Array.Exists(noise, v => !(v > 0)))
        {
            throw new ArgumentException($"Noise must be positive for each of [{rows.Size}, {columns.Size}] pairs, infinite where not observed.", nameof(noise));
        }

        (_rows, _columns, _own, _noise) = (rows, columns, own, noise);
        _isObserved = [.. noise.Select(double.IsFinite)];
        double sum = 0;
        var count = 0;
        foreach (var value in noise)
        {
            (sum, count) = double.IsFinite(value) ? (sum + value, count + 1) : (sum, count);
        }

        if (count == 0)
        {
            throw new ArgumentException("No pair is observed.", nameof(noise));
        }

        _inverse = new double[noise.Length];
        for (var i = 0; i < rows.Size; i++)
        {
            for (var j = 0; j < columns.Size; j++)
            {
                _inverse[(i * columns.Size) + j] = 1 / (((rows.Values[i] + own) * columns.Values[j]) + (sum / count));
            }
        }

        (_first, _second) = (new double[noise.Length], new double[noise.Length]);
    }

    /// <summary>The dual values. Not for two threads at once.</summary>
    /// <param name="values">Row-major, shape [rows, columns]; what stands where nothing was observed is not read.</param>
    /// <param name="tolerance">Norm of the residual over that of the values at which it is solved.</param>
    /// <param name="mostSteps">Steps after which it is left as it is.</param>
    /// <returns>Row-major, shape [rows, columns], 0 where not observed; and whether it was solved to the tolerance.</returns>
    public (double[] Dual, bool HasConverged) Solve(ReadOnlySpan<double> values, double tolerance = 1e-8, int mostSteps = 500)
    {
        if (values.Length != _noise.Length)
        {
            throw new ArgumentException($"There are {values.Length} values for {_noise.Length} pairs.", nameof(values));
        }

        var dual = new double[values.Length];
        var residual = new double[values.Length];
        for (var i = 0; i < residual.Length; i++)
        {
            residual[i] = _isObserved[i] ? values[i] : 0;
        }

        var target = tolerance * Math.Sqrt(DenseLoops.Dot(residual, residual));
        var (improved, image) = (new double[values.Length], new double[values.Length]);
        Precondition(residual, improved);
        double[] direction = [.. improved];
        var size = DenseLoops.Dot(residual, improved);
        for (var step = 0; step < mostSteps; step++)
        {
            if (Math.Sqrt(DenseLoops.Dot(residual, residual)) <= target)
            {
                return (dual, true);
            }

            Apply(direction, image);
            var length = size / DenseLoops.Dot(direction, image);
            DenseLoops.AddScaled(dual, length, direction);
            DenseLoops.AddScaled(residual, -length, image);
            Precondition(residual, improved);
            var next = DenseLoops.Dot(residual, improved);
            var ratio = next / size;
            for (var i = 0; i < direction.Length; i++)
            {
                direction[i] = improved[i] + (ratio * direction[i]);
            }

            size = next;
        }

        return (dual, Math.Sqrt(DenseLoops.Dot(residual, residual)) <= target);
    }

    // S o ((K + own I) x C) + N o x: C x' first, whose rows then meet those of K.
    private void Apply(double[] x, double[] image)
    {
        var (n, m) = (_rows.Size, _columns.Size);
        RowProducts.Multiply(_columns.Matrix, x, m, _first);
        RowProducts.Multiply(_rows.Matrix, _first, n, image);
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < m; j++)
            {
                var k = (i * m) + j;
                image[k] = _isObserved[k] ? image[k] + (_own * _first[(j * n) + i]) + (_noise[k] * x[k]) : 0;
            }
        }
    }

    private void Precondition(double[] residual, double[] improved)
    {
        var (n, m) = (_rows.Size, _columns.Size);
        RowProducts.Multiply(_columns.Vectors, residual, m, _first);
        RowProducts.Multiply(_rows.Vectors, _first, n, _second);
        for (var k = 0; k < _second.Length; k++)
        {
            _second[k] *= _inverse[k];
        }

        RowProducts.Multiply(_columns.Transposed, _second, m, _first);
        RowProducts.Multiply(_rows.Transposed, _first, n, improved);
        for (var k = 0; k < improved.Length; k++)
        {
            improved[k] = _isObserved[k] ? improved[k] : 0;
        }
    }
}
