using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression;

/// <summary>A column of ones followed by the covariates, each centred and scaled, so that normal equations stay well conditioned
/// whatever the units. Coefficients are carried back to the units given.</summary>
internal sealed class DesignMatrix
{
    private readonly double[] _centres;
    private readonly double[] _scales;

    public DesignMatrix(RowMajorMatrix covariates)
    {
        RowCount = covariates.RowCount;
        ColumnCount = covariates.ColumnCount + 1;
        _centres = new double[ColumnCount];
        _scales = new double[ColumnCount];
        Values = new double[RowCount * ColumnCount];
        MeasureColumns(covariates);
        for (var i = 0; i < RowCount; i++)
        {
            var source = covariates.Row(i);
            var target = Values.AsSpan(i * ColumnCount, ColumnCount);
            target[0] = 1;
            for (var j = 1; j < ColumnCount; j++)
            {
                target[j] = (source[j - 1] - _centres[j]) / _scales[j];
            }
        }
    }

    public int RowCount { get; }

    /// <summary>Intercept and covariates.</summary>
    public int ColumnCount { get; }

    /// <summary>Row-major, shape [rows, columns].</summary>
    public double[] Values { get; }

    public ReadOnlySpan<double> Row(int row) => Values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>Coefficients in the units given, intercept first.</summary>
    public double[] Unscale(ReadOnlySpan<double> scaled)
    {
        var coefficients = new double[ColumnCount];
        coefficients[0] = scaled[0];
        for (var j = 1; j < ColumnCount; j++)
        {
            coefficients[j] = scaled[j] / _scales[j];
            coefficients[0] -= coefficients[j] * _centres[j];
        }

        return coefficients;
    }

    /// <summary>The covariance of <see cref="Unscale"/>d coefficients: T C T' with T the linear map back to the units given.</summary>
    public double[] UnscaleCovariance(ReadOnlySpan<double> scaled)
    {
        var half = new double[ColumnCount * ColumnCount];
        for (var column = 0; column < ColumnCount; column++)
        {
            UnscaleInto(scaled, column, ColumnCount, half, column);
        }

        var full = new double[ColumnCount * ColumnCount];
        for (var row = 0; row < ColumnCount; row++)
        {
            UnscaleInto(half, row * ColumnCount, 1, full, row * ColumnCount);
        }

        return full;
    }

    private void UnscaleInto(ReadOnlySpan<double> source, int start, int stride, double[] target, int targetStart)
    {
        var intercept = source[start];
        for (var j = 1; j < ColumnCount; j++)
        {
            var value = source[start + (j * stride)] / _scales[j];
            target[targetStart + (j * stride)] = value;
            intercept -= value * _centres[j];
        }

        target[targetStart] = intercept;
    }

    private void MeasureColumns(RowMajorMatrix covariates)
    {
        for (var j = 1; j < ColumnCount; j++)
        {
            double mean = 0;
            for (var i = 0; i < RowCount; i++)
            {
                mean += covariates[i, j - 1];
            }

            mean /= RowCount;
            double squares = 0;
            for (var i = 0; i < RowCount; i++)
            {
                var difference = covariates[i, j - 1] - mean;
                squares += difference * difference;
            }

            var deviation = Math.Sqrt(squares / RowCount);
            _centres[j] = mean;

            // A constant column becomes zeros (up to rounding), which the factorisation recognises as dependent.
            _scales[j] = deviation > 1e-12 * Math.Abs(mean) ? deviation : Math.Max(1, Math.Abs(mean));
        }
    }
}
