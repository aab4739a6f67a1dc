using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression.Penalized;

/// <summary>Ridge regressions of many outputs on one design, for every penalty at once: the design is taken apart once, after which a penalty costs a division a number.</summary>
/// <remarks>Minimises half the squared residuals plus half the penalty times the squared coefficients, so that coefficients are (X'X + penalty I)^-1 X'Y, [Hastie2004].
/// There is no intercept: centre the columns and the outputs.</remarks>
public sealed class MultiOutputRidge
{
    private readonly SingularBasis _basis;
    private readonly double[] _products;

    /// <param name="basis">Of the training rows.</param>
    /// <param name="outputs">Row-major, shape [rows, outputs], finite.</param>
    /// <param name="outputCount">At least one.</param>
    /// <exception cref="ArgumentException">The outputs do not fill their shape.</exception>
    public MultiOutputRidge(SingularBasis basis, ReadOnlySpan<double> outputs, int outputCount)
    {
        ArgumentNullException.ThrowIfNull(basis);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputCount);
        if (outputs.Length != (long)basis.RowCount * outputCount)
        {
            throw new ArgumentException($"{outputs.Length} numbers do not fill [{basis.RowCount}, {outputCount}].", nameof(outputs));
        }

        (_basis, OutputCount) = (basis, outputCount);
        var byRank = new double[basis.Rank * outputCount];
        for (var i = 0; i < basis.RowCount; i++)
        {
            var row = outputs.Slice(i * outputCount, outputCount);
            for (var k = 0; k < basis.Rank; k++)
            {
                DenseLoops.AddScaled(byRank.AsSpan(k * outputCount, outputCount), basis.Coordinates[(i * basis.Rank) + k], row);
            }
        }

        _products = byRank;
    }

    public int OutputCount { get; }

    /// <summary>Coefficients in the coordinates of the basis.</summary>
    /// <param name="penalty">Not negative.</param>
    /// <returns>Shape [rank, outputs].</returns>
    public double[] Coefficients(double penalty)
    {
        if (!(penalty >= 0) || !double.IsFinite(penalty))
        {
            throw new ArgumentOutOfRangeException(nameof(penalty), penalty, "A penalty is finite and not negative.");
        }

        var coefficients = new double[_products.Length];
        for (var k = 0; k < _basis.Rank; k++)
        {
            DenseLoops.AddScaled(coefficients.AsSpan(k * OutputCount, OutputCount), 1 / (_basis.Eigenvalues[k] + penalty), _products.AsSpan(k * OutputCount, OutputCount));
        }

        return coefficients;
    }

    /// <summary>Outputs of rows given by their coordinates.</summary>
    /// <param name="coordinates">Row-major, shape [rows, rank].</param>
    /// <param name="coefficients">Shape [rank, outputs].</param>
    /// <param name="outputCount">Outputs.</param>
    /// <returns>Row-major, shape [rows, outputs].</returns>
    public static double[] Outputs(ReadOnlySpan<double> coordinates, ReadOnlySpan<double> coefficients, int outputCount)
    {
        var rank = coefficients.Length / outputCount;
        var rowCount = rank == 0 ? 0 : coordinates.Length / rank;
        var outputs = new double[rowCount * outputCount];
        for (var i = 0; i < rowCount; i++)
        {
            for (var k = 0; k < rank; k++)
            {
                DenseLoops.AddScaled(outputs.AsSpan(i * outputCount, outputCount), coordinates[(i * rank) + k], coefficients.Slice(k * outputCount, outputCount));
            }
        }

        return outputs;
    }

    /// <summary>Directions by which the coordinates of other rows come from their features: coordinate = features times directions.</summary>
    /// <returns>Shape [features, rank].</returns>
    public static double[] Directions(SingularBasis basis)
    {
        ArgumentNullException.ThrowIfNull(basis);
        var unit = new double[basis.Rank];
        double[] directions = [];
        for (var k = 0; k < basis.Rank; k++)
        {
            unit[k] = 1;
            var column = basis.Back(unit);
            unit[k] = 0;
            directions = k == 0 ? new double[column.Length * basis.Rank] : directions;
            for (var j = 0; j < column.Length; j++)
            {
                directions[(j * basis.Rank) + k] = column[j];
            }
        }

        return directions;
    }
}
