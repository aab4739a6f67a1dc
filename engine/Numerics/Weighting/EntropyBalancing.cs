using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Weighting;

/// <summary>How entropy balancing ended.</summary>
public enum EntropyBalancingStatus
{
    /// <summary>The weighted means equal the targets.</summary>
    Balanced,

    /// <summary>No positive weights bring the means to the targets: the targets lie outside what the subjects span.</summary>
    Infeasible,
}

/// <summary>Weights whose covariate means equal given targets.</summary>
/// <param name="Status">Whether the targets were met.</param>
/// <param name="Weights">Shape [subjects], positive, summing to the number of subjects.</param>
/// <param name="WorstColumn">Covariate column whose mean is furthest from its target, in standard deviations.</param>
/// <param name="WorstImbalance">That distance, standard deviations of the unweighted subjects.</param>
/// <param name="IterationCount">Newton steps taken.</param>
public sealed record EntropyBalancingFit(
    EntropyBalancingStatus Status, double[] Weights, int WorstColumn, double WorstImbalance, int IterationCount);

/// <summary>The weights nearest to uniform (in relative entropy) under which covariate means equal their targets.</summary>
/// <remarks>Source: [Hainmueller2012]: the convex dual, log of the sum of exp(x b) less the targets, solved by Newton's method with
/// a backtracking line search on covariates standardised around the targets.</remarks>
public static class EntropyBalancing
{
    private const int MaximumIterations = 200;
    private const double Tolerance = 1e-9;

    /// <summary>Balances the means of the rows given to the targets.</summary>
    /// <param name="covariates">Shape [subjects, covariates], finite.</param>
    /// <param name="targets">Wanted means, shape [covariates].</param>
    /// <param name="baseWeights">Weights to stay near, shape [subjects], positive; empty = uniform.</param>
    /// <exception cref="ArgumentException">Shapes differ or there is no subject.</exception>
    public static EntropyBalancingFit Solve(RowMajorMatrix covariates, ReadOnlySpan<double> targets, ReadOnlySpan<double> baseWeights = default)
    {
        if (covariates.RowCount == 0 || targets.Length != covariates.ColumnCount || (!baseWeights.IsEmpty && baseWeights.Length != covariates.RowCount))
        {
            throw new ArgumentException($"{targets.Length} targets for [{covariates.RowCount}, {covariates.ColumnCount}] covariates.");
        }

        var deviations = StandardisedDeviations(covariates, targets);
        var dual = new double[targets.Length];
        var weights = new double[covariates.RowCount];
        var value = DualValue(deviations, dual, baseWeights, weights);
        var iteration = 0;
        for (; iteration < MaximumIterations; iteration++)
        {
            var (gradient, hessian) = Derivatives(deviations, weights);
            if (gradient.All(g => Math.Abs(g) < Tolerance))
            {
                break;
            }

            Cholesky.Factor(hessian, dual.Length);
            var step = gradient.Select(g => -g).ToArray();
            Cholesky.Solve(hessian, dual.Length, step);
            if (!Search(deviations, baseWeights, step, gradient, dual, weights, ref value))
            {
                break;
            }
        }

        return Judge(deviations, weights, iteration);
    }

    /// <summary>Moves along the step, shortened until the dual falls enough; false when it cannot fall any more.</summary>
    private static bool Search(
        RowMajorMatrix deviations, ReadOnlySpan<double> baseWeights, double[] step, double[] gradient, double[] dual, double[] weights, ref double value)
    {
        double slope = 0;
        for (var j = 0; j < dual.Length; j++)
        {
            slope += step[j] * gradient[j];
        }

        var trial = new double[dual.Length];
        for (var scale = 1.0; scale > 1e-12; scale /= 2)
        {
            for (var j = 0; j < dual.Length; j++)
            {
                trial[j] = dual[j] + (scale * step[j]);
            }

            var trialValue = DualValue(deviations, trial, baseWeights, weights);

            // Near the minimum the fall is below rounding: a full Newton step is then right.
            if (trialValue <= value + (1e-4 * scale * slope) || Math.Abs(slope) < 1e-13)
            {
                trial.CopyTo(dual, 0);
                value = trialValue;
                return true;
            }
        }

        DualValue(deviations, dual, baseWeights, weights);
        return false;
    }

    private static EntropyBalancingFit Judge(RowMajorMatrix deviations, double[] weights, int iterationCount)
    {
        var (gradient, _) = Derivatives(deviations, weights);
        var worst = 0;
        for (var j = 1; j < gradient.Length; j++)
        {
            worst = Math.Abs(gradient[j]) > Math.Abs(gradient[worst]) ? j : worst;
        }

        var imbalance = gradient.Length == 0 ? 0 : Math.Abs(gradient[worst]);
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] *= weights.Length;
        }

        var status = imbalance < 1e-6 ? EntropyBalancingStatus.Balanced : EntropyBalancingStatus.Infeasible;
        return new EntropyBalancingFit(status, weights, worst, imbalance, iterationCount);
    }

    /// <summary>Log of the weighted sum of exp(deviations dual); sets the weights, which sum to 1.</summary>
    private static double DualValue(RowMajorMatrix deviations, ReadOnlySpan<double> dual, ReadOnlySpan<double> baseWeights, double[] weights)
    {
        var largest = double.NegativeInfinity;
        for (var i = 0; i < weights.Length; i++)
        {
            var exponent = baseWeights.IsEmpty ? 0 : Math.Log(baseWeights[i]);
            var row = deviations.Row(i);
            for (var j = 0; j < row.Length; j++)
            {
                exponent += row[j] * dual[j];
            }

            weights[i] = exponent;
            largest = Math.Max(largest, exponent);
        }

        double sum = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] = Math.Exp(weights[i] - largest);
            sum += weights[i];
        }

        for (var i = 0; i < weights.Length; i++)
        {
            weights[i] /= sum;
        }

        return largest + Math.Log(sum);
    }

    private static (double[] Gradient, double[] Hessian) Derivatives(RowMajorMatrix deviations, double[] weights)
    {
        var size = deviations.ColumnCount;
        var gradient = new double[size];
        var hessian = new double[size * size];
        for (var i = 0; i < weights.Length; i++)
        {
            var row = deviations.Row(i);
            for (var a = 0; a < size; a++)
            {
                var scaled = weights[i] * row[a];
                gradient[a] += scaled;
                for (var b = 0; b <= a; b++)
                {
                    hessian[(a * size) + b] += scaled * row[b];
                }
            }
        }

        for (var a = 0; a < size; a++)
        {
            for (var b = 0; b <= a; b++)
            {
                hessian[(a * size) + b] -= gradient[a] * gradient[b];
            }
        }

        return (gradient, hessian);
    }

    private static RowMajorMatrix StandardisedDeviations(RowMajorMatrix covariates, ReadOnlySpan<double> targets)
    {
        var values = new double[covariates.RowCount * targets.Length];
        for (var j = 0; j < targets.Length; j++)
        {
            double mean = 0;
            for (var i = 0; i < covariates.RowCount; i++)
            {
                mean += covariates[i, j];
            }

            mean /= covariates.RowCount;
            double squares = 0;
            for (var i = 0; i < covariates.RowCount; i++)
            {
                squares += (covariates[i, j] - mean) * (covariates[i, j] - mean);
            }

            var deviation = Math.Sqrt(squares / covariates.RowCount);

            // A constant column is fine where the constant is the target; any other target is far away by its own size.
            var scale = deviation > 1e-12 * Math.Abs(mean) ? deviation : Math.Max(Math.Abs(targets[j]), Math.Max(Math.Abs(mean), 1e-300));
            for (var i = 0; i < covariates.RowCount; i++)
            {
                values[(i * targets.Length) + j] = (covariates[i, j] - targets[j]) / scale;
            }
        }

        return new RowMajorMatrix(values, covariates.RowCount, targets.Length);
    }
}
