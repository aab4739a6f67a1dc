namespace DigitalTwin.Omics.Missing;

/// <summary>Centres and scales columns, so that a regression does not depend on their units; a constant column becomes zeros.</summary>
internal sealed class ColumnScaling
{
    private readonly double[] _centres;
    private readonly double[] _scales;

    private ColumnScaling(double[] centres, double[] scales)
    {
        _centres = centres;
        _scales = scales;
    }

    /// <param name="values">Row-major, shape [subjects, columns].</param>
    /// <param name="rows">The subjects that count.</param>
    /// <param name="columnCount">Number of columns.</param>
    public static ColumnScaling Of(double[] values, int[] rows, int columnCount)
    {
        var (centres, scales) = (new double[columnCount], new double[columnCount]);
        foreach (var s in rows)
        {
            for (var j = 0; j < columnCount; j++)
            {
                centres[j] += values[(s * columnCount) + j] / rows.Length;
            }
        }

        foreach (var s in rows)
        {
            for (var j = 0; j < columnCount; j++)
            {
                var difference = values[(s * columnCount) + j] - centres[j];
                scales[j] += difference * difference / rows.Length;
            }
        }

        for (var j = 0; j < columnCount; j++)
        {
            var deviation = Math.Sqrt(scales[j]);
            scales[j] = deviation > 1e-12 * Math.Abs(centres[j]) ? 1 / deviation : 0;
        }

        return new ColumnScaling(centres, scales);
    }

    public void Scale(ReadOnlySpan<double> row, Span<double> scaled)
    {
        for (var j = 0; j < row.Length; j++)
        {
            scaled[j] = (row[j] - _centres[j]) * _scales[j];
        }
    }

    /// <summary>Coefficients in the units of the columns; the intercept stands at <paramref name="intercept"/>.</summary>
    public double[] Unscaled(ReadOnlySpan<double> coefficients, int intercept)
    {
        var unscaled = new double[coefficients.Length];
        unscaled[intercept] = coefficients[intercept];
        for (var j = 0; j < unscaled.Length; j++)
        {
            if (j != intercept)
            {
                unscaled[j] = coefficients[j] * _scales[j];
                unscaled[intercept] -= unscaled[j] * _centres[j];
            }
        }

        return unscaled;
    }
}
