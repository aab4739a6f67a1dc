using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Kernels;

/// <summary>A similarity matrix with its eigenvectors, which are found once and serve every penalty. Immutable.</summary>
public sealed class SymmetricFactor
{
    /// <param name="matrix">Row-major, shape [size, size], symmetric, finite, no eigenvalue below 0 but for rounding. Owned from here on.</param>
    /// <param name="size">Rows.</param>
    /// <exception cref="ArgumentException">The matrix is not of that shape, or has an entry that is not finite.</exception>
    public SymmetricFactor(double[] matrix, int size)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        var eigen = SymmetricEigen.Of([.. matrix], size);
        (Matrix, Size, Vectors) = (matrix, size, eigen.Vectors);
        Values = [.. eigen.Values.Select(v => Math.Max(0, v))];
        Transposed = new double[size * size];
        for (var i = 0; i < size; i++)
        {
            for (var j = 0; j < size; j++)
            {
                Transposed[(j * size) + i] = Vectors[(i * size) + j];
            }
        }
    }

    /// <summary>Row-major, shape [size, size].</summary>
    public double[] Matrix { get; }

    public int Size { get; }

    /// <summary>Eigenvalues, descending, none below 0.</summary>
    public double[] Values { get; }

    /// <summary>Row k is the eigenvector of value k; shape [size, size].</summary>
    internal double[] Vectors { get; }

    /// <summary>Column k is the eigenvector of value k; shape [size, size].</summary>
    internal double[] Transposed { get; }
}
