namespace DigitalTwin.Numerics.Compute.Reference;

/// <summary>Layer and batch normalisation.</summary>
public sealed partial class ReferenceBackend
{
    public void LayerNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon)
    {
        OperandCheck.LayerNorm(input, scale, shift, output, statistics);
        var (x, gamma, beta, y, s) = (new Cells(input), new Cells(scale), new Cells(shift), new Cells(output), new Cells(statistics));
        for (var r = 0; r < input.Rows; r++)
        {
            var row = r;
            (s[r, 0], s[r, 1]) = MeanAndInverseDeviation(input.Columns, c => x[row, c], epsilon);
            for (var c = 0; c < input.Columns; c++)
            {
                y[r, c] = ((x[r, c] - s[r, 0]) * s[r, 1] * gamma[0, c]) + beta[0, c];
            }
        }
    }

    public void LayerNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate)
    {
        OperandCheck.LayerNorm(input, scale, shiftGradient, outputGradient, statistics);
        OperandCheck.Same(input, inputGradient);
        OperandCheck.Same(scale, scaleGradient);
        var (x, gamma, s) = (new Cells(input), new Cells(scale), new Cells(statistics));
        var (dy, dx, dGamma, dBeta) = (new Cells(outputGradient), new Cells(inputGradient), new Cells(scaleGradient), new Cells(shiftGradient));
        for (var r = 0; r < input.Rows; r++)
        {
            var (sum, sumOfProducts) = (0.0, 0.0);
            for (var c = 0; c < input.Columns; c++)
            {
                var normal = (x[r, c] - s[r, 0]) * s[r, 1];
                sum += dy[r, c] * gamma[0, c];
                sumOfProducts += dy[r, c] * gamma[0, c] * normal;
                dGamma[0, c] += dy[r, c] * normal;
                dBeta[0, c] += dy[r, c];
            }

            for (var c = 0; c < input.Columns; c++)
            {
                var normal = (x[r, c] - s[r, 0]) * s[r, 1];
                dx.Put(r, c, s[r, 1] * ((dy[r, c] * gamma[0, c]) - ((sum + (normal * sumOfProducts)) / input.Columns)), accumulate);
            }
        }
    }

    public void BatchNorm(MatrixView input, MatrixView scale, MatrixView shift, MatrixView output, MatrixView statistics, float epsilon, bool useStatistics)
    {
        OperandCheck.BatchNorm(input, scale, shift, output, statistics);
        var (x, gamma, beta, y, s) = (new Cells(input), new Cells(scale), new Cells(shift), new Cells(output), new Cells(statistics));
        for (var c = 0; c < input.Columns; c++)
        {
            var column = c;
            if (!useStatistics)
            {
                (s[0, c], s[1, c]) = MeanAndInverseDeviation(input.Rows, r => x[r, column], epsilon);
            }

            for (var r = 0; r < input.Rows; r++)
            {
                y[r, c] = ((x[r, c] - s[0, c]) * s[1, c] * gamma[0, c]) + beta[0, c];
            }
        }
    }

    public void BatchNormBackward(
        MatrixView input, MatrixView scale, MatrixView statistics, MatrixView outputGradient, MatrixView inputGradient, MatrixView scaleGradient, MatrixView shiftGradient, bool accumulate)
    {
        OperandCheck.BatchNorm(input, scale, shiftGradient, outputGradient, statistics);
        OperandCheck.Same(input, inputGradient);
        OperandCheck.Same(scale, scaleGradient);
        var (x, gamma, s) = (new Cells(input), new Cells(scale), new Cells(statistics));
        var (dy, dx, dGamma, dBeta) = (new Cells(outputGradient), new Cells(inputGradient), new Cells(scaleGradient), new Cells(shiftGradient));
        for (var c = 0; c < input.Columns; c++)
        {
            var (sum, sumOfProducts) = (0.0, 0.0);
            for (var r = 0; r < input.Rows; r++)
            {
                sum += dy[r, c];
                sumOfProducts += dy[r, c] * (x[r, c] - s[0, c]) * s[1, c];
            }

            dGamma[0, c] += sumOfProducts;
            dBeta[0, c] += sum;
            for (var r = 0; r < input.Rows; r++)
            {
                var normal = (x[r, c] - s[0, c]) * s[1, c];
                dx.Put(r, c, gamma[0, c] * s[1, c] * (dy[r, c] - ((sum + (normal * sumOfProducts)) / input.Rows)), accumulate);
            }
        }
    }

    private static (double Mean, double InverseDeviation) MeanAndInverseDeviation(int count, Func<int, double> value, double epsilon)
    {
        var mean = 0.0;
        for (var k = 0; k < count; k++)
        {
            mean += value(k) / count;
        }

        var variance = 0.0;
        for (var k = 0; k < count; k++)
        {
            variance += (value(k) - mean) * (value(k) - mean) / count;
        }

        return (mean, 1 / Math.Sqrt(variance + epsilon));
    }
}
