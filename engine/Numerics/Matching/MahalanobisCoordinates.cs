using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Matching;

/// <summary>Coordinates in which the Euclidean distance is the Mahalanobis distance.</summary>
public static class MahalanobisCoordinates
{
    /// <summary>Solves L z = x for every subject, L L' being the covariance pooled within arms. Dependent columns add nothing.</summary>
    /// <param name="covariates">Shape [subjects, covariates], finite.</param>
    /// <param name="treated">Shape [subjects], both arms present.</param>
    /// <returns>Row-major, shape [subjects, covariates].</returns>
    /// <exception cref="ArgumentException">Lengths differ.</exception>
    /// <remarks>Source: [Rubin1980].</remarks>
    public static double[] Of(RowMajorMatrix covariates, ReadOnlySpan<bool> treated)
    {
        if (treated.Length != covariates.RowCount)
        {
            throw new ArgumentException($"{treated.Length} arm labels for {covariates.RowCount} covariate rows.", nameof(treated));
        }

        var size = covariates.ColumnCount;
        var factor = PooledCovariance(covariates, treated);
        Cholesky.Factor(factor, size);
        var coordinates = new double[covariates.RowCount * size];
        for (var i = 0; i < covariates.RowCount; i++)
        {
            var row = covariates.Row(i);
            var target = coordinates.AsSpan(i * size, size);
            for (var a = 0; a < size; a++)
            {
                var sum = row[a];
                for (var b = 0; b < a; b++)
                {
                    sum -= factor[(a * size) + b] * target[b];
                }

                target[a] = Cholesky.IsDependent(factor, size, a) ? 0 : sum / factor[(a * size) + a];
            }
        }

        return coordinates;
    }

    private static double[] PooledCovariance(RowMajorMatrix covariates, ReadOnlySpan<bool> treated)
    {
        var size = covariates.ColumnCount;
        var means = new double[2 * size];
        var counts = new int[2];
        for (var i = 0; i < treated.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            counts[arm]++;
            for (var j = 0; j < size; j++)
            {
                means[(arm * size) + j] += covariates[i, j];
            }
        }

        var covariance = new double[size * size];
        var centred = new double[size];
        for (var i = 0; i < treated.Length; i++)
        {
            var arm = treated[i] ? 1 : 0;
            for (var j = 0; j < size; j++)
            {
                centred[j] = covariates[i, j] - (means[(arm * size) + j] / counts[arm]);
            }

            for (var a = 0; a < size; a++)
            {
                for (var b = 0; b <= a; b++)
                {
                    covariance[(a * size) + b] += centred[a] * centred[b] / (treated.Length - 2);
                }
            }
        }

        return covariance;
    }
}
