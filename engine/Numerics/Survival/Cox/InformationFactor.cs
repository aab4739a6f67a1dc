namespace DigitalTwin.Numerics.Survival;

/// <summary>Cholesky factor of an information matrix that may be short of rank: a column without information of its own is set aside.
/// All memory is taken once.</summary>
internal sealed class InformationFactor
{
    /// <summary>A pivot smaller than this part of the uncentred diagonal is rounding.</summary>
    private const double PivotTolerance = 1e-11;

    private readonly double[] _factor;
    private readonly int _count;

    public InformationFactor(int count)
    {
        _count = count;
        _factor = new double[count * count];
        IsAside = new bool[count];
    }

    /// <summary>Columns set aside, shape [covariates]; their solutions are zero.</summary>
    public bool[] IsAside { get; }

    /// <summary>Factors the lower triangle of a matrix with the given row stride.</summary>
    /// <param name="information">Lower triangle, shape [stride, stride].</param>
    /// <param name="stride">Length of a row of <paramref name="information"/>.</param>
    /// <param name="diagonal">Size of each diagonal entry before cancellation, shape [covariates].</param>
    /// <param name="maySetAside">Whether columns without information are set aside; otherwise the first new one ends the work.</param>
    /// <returns>The first column newly found without information, or -1.</returns>
    public int Factor(ReadOnlySpan<double> information, int stride, ReadOnlySpan<double> diagonal, bool maySetAside)
    {
        var firstSingular = -1;
        for (var j = 0; j < _count; j++)
        {
            for (var i = j; i < _count; i++)
            {
                var sum = information[(i * stride) + j];
                for (var k = 0; k < j; k++)
                {
                    sum -= _factor[(i * _count) + k] * _factor[(j * _count) + k];
                }

                _factor[(i * _count) + j] = sum;
            }

            var pivot = _factor[(j * _count) + j];
            if (!IsAside[j] && !(pivot > PivotTolerance * diagonal[j]))
            {
                firstSingular = firstSingular < 0 ? j : firstSingular;
                if (!maySetAside)
                {
                    return firstSingular;
                }

                IsAside[j] = true;
            }

            var scale = IsAside[j] ? 0 : 1 / Math.Sqrt(pivot);
            for (var i = j; i < _count; i++)
            {
                _factor[(i * _count) + j] *= scale;
            }
        }

        return firstSingular;
    }

    /// <summary>Solves information * solution = right side, in place.</summary>
    public void Solve(Span<double> vector)
    {
        for (var i = 0; i < _count; i++)
        {
            var sum = vector[i];
            for (var k = 0; k < i; k++)
            {
                sum -= _factor[(i * _count) + k] * vector[k];
            }

            vector[i] = IsAside[i] ? 0 : sum / _factor[(i * _count) + i];
        }

        for (var i = _count - 1; i >= 0; i--)
        {
            var sum = vector[i];
            for (var k = i + 1; k < _count; k++)
            {
                sum -= _factor[(k * _count) + i] * vector[k];
            }

            vector[i] = IsAside[i] ? 0 : sum / _factor[(i * _count) + i];
        }
    }

    /// <summary>Inverse, shape [covariates, covariates]; zero in the rows and columns set aside.</summary>
    public double[] Inverse()
    {
        var inverse = new double[_count * _count];
        for (var j = 0; j < _count; j++)
        {
            if (IsAside[j])
            {
                continue;
            }

            var column = inverse.AsSpan(j * _count, _count);
            column[j] = 1;
            Solve(column);
        }

        // The factor solves a column at a time; the mean of both triangles makes the inverse exactly symmetric.
        for (var i = 0; i < _count; i++)
        {
            for (var j = 0; j < i; j++)
            {
                var mean = (inverse[(i * _count) + j] + inverse[(j * _count) + i]) / 2;
                inverse[(i * _count) + j] = mean;
                inverse[(j * _count) + i] = mean;
            }
        }

        return inverse;
    }
}
