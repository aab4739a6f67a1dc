using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Omics.Missing;

/// <summary>Regression of one variable on the others with its parameters drawn from their posterior, ready to draw values for subjects who miss it.</summary>
/// <remarks>Source: [Rubin1987] example 5.1 (the draw of coefficients and variance); matching of type 1 of [VanBuuren2018] section 3.4.</remarks>
internal sealed class ImputationModel
{
    // As R's mice: keeps collinear predictors from breaking the solution, too small to matter else.
    private const double Ridge = 1e-5;

    private readonly double[] _drawn;
    private readonly double _deviation;
    private readonly double[] _donorPredictions;
    private readonly double[] _donorValues;
    private readonly ChainedImputationOptions _options;

    private ImputationModel(ChainedImputationOptions options, double[] drawn, double deviation, double[] donorPredictions, double[] donorValues)
    {
        _options = options;
        _drawn = drawn;
        _deviation = deviation;
        _donorPredictions = donorPredictions;
        _donorValues = donorValues;
    }

    /// <param name="completed">Row-major, shape [subjects, variables], nothing missing.</param>
    /// <param name="variable">Which column is regressed on the others.</param>
    /// <param name="observed">Subjects who have the variable.</param>
    /// <param name="variableCount">Number of columns.</param>
    /// <param name="options">Method and donors.</param>
    /// <param name="random">For the parameters.</param>
    public static ImputationModel Draw(
        double[] completed, int variable, int[] observed, int variableCount, ChainedImputationOptions options, RandomStream random)
    {
        var scaling = ColumnScaling.Of(completed, observed, variableCount);
        var (factor, estimate) = Estimate(completed, variable, observed, variableCount, scaling);
        double squares = 0;
        foreach (var s in observed)
        {
            var residual = completed[(s * variableCount) + variable] - Predict(estimate, completed.AsSpan(s * variableCount, variableCount), variable);
            squares += residual * residual;
        }

        // mice's degrees of freedom: subjects less coefficients, at least 1.
        var deviation = Math.Sqrt(squares / ChiSquared(random, Math.Max(1, observed.Length - variableCount)));
        var step = new double[variableCount];
        for (var j = 0; j < variableCount; j++)
        {
            step[j] = random.NextGaussian();
        }

        SolveUpper(factor, variableCount, step);
        var drawn = scaling.Unscaled([.. step.Select(z => z * deviation)], variable);
        for (var j = 0; j < variableCount; j++)
        {
            drawn[j] += estimate[j];
        }

        if (options.Method == ImputationMethod.BayesianLinear)
        {
            return new ImputationModel(options, drawn, deviation, [], []);
        }

        // Equal predictions stand in random order, so that ties favour no subject.
        var order = (int[])observed.Clone();
        random.Shuffle(order.AsSpan());
        double[] predictions = [.. order.Select(s => Predict(estimate, completed.AsSpan(s * variableCount, variableCount), variable))];
        int[] byPrediction = [.. Enumerable.Range(0, order.Length).OrderBy(i => predictions[i])];
        return new ImputationModel(
            options, drawn, deviation, [.. byPrediction.Select(i => predictions[i])], [.. byPrediction.Select(i => completed[(order[i] * variableCount) + variable])]);
    }

    /// <summary>A value for one subject.</summary>
    /// <param name="row">The subject's values, shape [variables].</param>
    /// <param name="variable">The column to fill.</param>
    /// <param name="random">For this value.</param>
    public double Value(ReadOnlySpan<double> row, int variable, RandomStream random)
    {
        var prediction = Predict(_drawn, row, variable);
        if (_options.Method == ImputationMethod.BayesianLinear)
        {
            return prediction + (_deviation * random.NextGaussian());
        }

        // The nearest donors are a run of the sorted predictions that grows towards the nearer side.
        var place = Array.BinarySearch(_donorPredictions, prediction);
        var start = place < 0 ? ~place : place;
        var end = start;
        var count = Math.Min(_options.DonorCount, _donorPredictions.Length);
        while (end - start < count)
        {
            var goesDown = end == _donorPredictions.Length
                || (start > 0 && prediction - _donorPredictions[start - 1] <= _donorPredictions[end] - prediction);
            if (goesDown)
            {
                start--;
            }
            else
            {
                end++;
            }
        }

        return _donorValues[start + random.NextInt(count)];
    }

    /// <summary>Intercept at the place of the variable itself, coefficients at the places of the others.</summary>
    private static double Predict(double[] coefficients, ReadOnlySpan<double> row, int variable)
    {
        var sum = coefficients[variable];
        for (var j = 0; j < coefficients.Length; j++)
        {
            sum += j == variable ? 0 : coefficients[j] * row[j];
        }

        return sum;
    }

    private static (double[] Factor, double[] Coefficients) Estimate(
        double[] completed, int variable, int[] observed, int variableCount, ColumnScaling scaling)
    {
        var matrix = new double[variableCount * variableCount];
        var right = new double[variableCount];
        var row = new double[variableCount];
        foreach (var s in observed)
        {
            scaling.Scale(completed.AsSpan(s * variableCount, variableCount), row);
            row[variable] = 1;
            var outcome = completed[(s * variableCount) + variable];
            for (var i = 0; i < variableCount; i++)
            {
                right[i] += row[i] * outcome;
                for (var j = 0; j <= i; j++)
                {
                    matrix[(i * variableCount) + j] += row[i] * row[j];
                }
            }
        }

        for (var i = 0; i < variableCount; i++)
        {
            matrix[(i * variableCount) + i] *= 1 + Ridge;
        }

        Cholesky.Factor(matrix, variableCount);
        Cholesky.Solve(matrix, variableCount, right);
        return (matrix, scaling.Unscaled(right, variable));
    }

    /// <summary>Solves L' x = z in place, so that x has the covariance of the coefficients; dependent rows get zero.</summary>
    private static void SolveUpper(double[] factor, int size, double[] values)
    {
        for (var i = size - 1; i >= 0; i--)
        {
            var pivot = factor[(i * size) + i];
            var sum = values[i];
            for (var k = i + 1; k < size; k++)
            {
                sum -= factor[(k * size) + i] * values[k];
            }

            values[i] = pivot == 0 ? 0 : sum / pivot;
        }
    }

    private static double ChiSquared(RandomStream random, int degreesOfFreedom)
    {
        double sum = 0;
        for (var i = 0; i < degreesOfFreedom; i++)
        {
            var z = random.NextGaussian();
            sum += z * z;
        }

        return sum;
    }
}
