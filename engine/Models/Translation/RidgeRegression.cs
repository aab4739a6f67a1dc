using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Regression.Penalized;

namespace DigitalTwin.Models.Translation;

/// <summary>Multi-output ridge of some rows with means taken off, which can be asked for several penalties. Missing outputs are filled by its own predictions, a few times
/// over, so that a feature measured in half of the subjects is not shrunk by half.</summary>
internal sealed class RidgeRegression
{
    private const int FillCount = 3;

    private readonly SingularBasis _basis;
    private readonly double[] _directions;
    private readonly double[] _columnMeans;
    private readonly double[] _outputMeans;
    private readonly double[] _outputs;
    private readonly bool[] _isMissing;

    /// <param name="blocks">Each [all rows, features].</param>
    /// <param name="outputs">Row-major, shape [all rows, outputs]; NaN where missing.</param>
    /// <param name="outputCount">Outputs.</param>
    /// <param name="rows">Rows to learn from.</param>
    /// <param name="threadCount">Threads; the numbers do not depend on it.</param>
    public RidgeRegression(IReadOnlyList<RowMajorMatrix> blocks, double[] outputs, int outputCount, int[] rows, int threadCount)
    {
        _columnMeans = [.. blocks.SelectMany(b => ColumnMeans(b, rows))];
        var start = 0;
        var centred = new List<RowMajorMatrix>();
        foreach (var block in blocks)
        {
            var values = new double[rows.Length * block.ColumnCount];
            for (var i = 0; i < rows.Length; i++)
            {
                for (var j = 0; j < block.ColumnCount; j++)
                {
                    values[(i * block.ColumnCount) + j] = block[rows[i], j] - _columnMeans[start + j];
                }
            }

            centred.Add(new RowMajorMatrix(values, rows.Length, block.ColumnCount));
            start += block.ColumnCount;
        }

        _basis = SingularBasis.Of(new BlockDesign(centred, threadCount), [.. centred.Select(b => (double)Math.Max(1, b.ColumnCount))]);
        _directions = MultiOutputRidge.Directions(_basis);
        (_outputs, _outputMeans, _isMissing) = Centre(outputs, outputCount, rows);
        OutputCount = outputCount;
    }

    public int OutputCount { get; }

    public int Rank => _basis.Rank;

    /// <summary>Penalties from strong to weak that leave the same degrees of freedom whatever the rows; the last leaves nearly all, for a few features that say much.</summary>
    /// <param name="count">At least three.</param>
    public double[] Penalties(int count) => [.. PenaltyPath.Between(_basis.Eigenvalues, 1, 1, 0.9 * _basis.Rank, count - 1), 1e-4 * _basis.Eigenvalues[^1]];

    /// <summary>In the coordinates of the basis, [rank, outputs].</summary>
    public double[] Coefficients(double penalty)
    {
        var coefficients = new MultiOutputRidge(_basis, _outputs, OutputCount).Coefficients(penalty);
        if (!_isMissing.Contains(true))
        {
            return coefficients;
        }

        var filled = (double[])_outputs.Clone();
        for (var round = 0; round < FillCount; round++)
        {
            var predicted = MultiOutputRidge.Outputs(_basis.Coordinates, coefficients, OutputCount);
            for (var k = 0; k < filled.Length; k++)
            {
                filled[k] = _isMissing[k] ? predicted[k] : filled[k];
            }

            coefficients = new MultiOutputRidge(_basis, filled, OutputCount).Coefficients(penalty);
        }

        return coefficients;
    }

    /// <summary>Coordinates of other rows, [rows, rank].</summary>
    public double[] Coordinates(IReadOnlyList<RowMajorMatrix> blocks, int[] rows) =>
        MultiOutputRidge.Outputs(RidgeMap.Centred(blocks, rows, _columnMeans), _directions, Rank);

    /// <summary>Outputs of rows by their coordinates, with the means put back, [rows, outputs].</summary>
    public double[] Predict(double[] coordinates, double[] coefficients) => RidgeMap.Outputs(coordinates, coefficients, _outputMeans);

    /// <summary>What it has learnt at a penalty.</summary>
    public RidgeMap At(double penalty) => new(_columnMeans, _directions, Coefficients(penalty), _outputMeans, Rank);

    /// <summary>Mean of each output over the rows it was learnt from, [outputs].</summary>
    public ReadOnlySpan<double> OutputMeans => _outputMeans;

    private static double[] ColumnMeans(RowMajorMatrix block, int[] rows)
    {
        var means = new double[block.ColumnCount];
        foreach (var row in rows)
        {
            for (var j = 0; j < means.Length; j++)
            {
                means[j] += block[row, j] / rows.Length;
            }
        }

        return means;
    }

    private static (double[] Values, double[] Means, bool[] IsMissing) Centre(double[] outputs, int outputCount, int[] rows)
    {
        var (values, means, isMissing) = (new double[rows.Length * outputCount], new double[outputCount], new bool[rows.Length * outputCount]);
        for (var f = 0; f < outputCount; f++)
        {
            double sum = 0;
            var count = 0;
            foreach (var row in rows)
            {
                var value = outputs[(row * outputCount) + f];
                (sum, count) = double.IsNaN(value) ? (sum, count) : (sum + value, count + 1);
            }

            means[f] = count == 0 ? 0 : sum / count;
            for (var i = 0; i < rows.Length; i++)
            {
                var value = outputs[(rows[i] * outputCount) + f] - means[f];
                (values[(i * outputCount) + f], isMissing[(i * outputCount) + f]) = double.IsNaN(value) ? (0, true) : (value, false);
            }
        }

        return (values, means, isMissing);
    }
}
