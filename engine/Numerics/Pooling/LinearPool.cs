namespace DigitalTwin.Numerics.Pooling;

/// <summary>Weights of a linear opinion pool: the mixture of several forecasts of one outcome, p = sum of w_m p_m, that scores best.</summary>
public static class LinearPool
{
    private const int IterationLimit = 5000;
    private const double Tolerance = 1e-9;

    /// <summary>Weights that maximise the weighted log score of the pool, plus <paramref name="priorCount"/> subjects' worth of evidence that all models are equal.</summary>
    /// <param name="likelihoods">What each model gave to what happened, row-major, shape [subjects, models]; not negative, some model positive for each subject.</param>
    /// <param name="modelCount">Number of models.</param>
    /// <param name="caseWeights">Shape [subjects]; not negative.</param>
    /// <param name="priorCount">Strength of the prior, in subjects; 0 for none. It keeps a pool of little data near equal weights.</param>
    /// <returns>Shape [models]; not negative, sum 1. The score is concave in the weights, so this is the one maximum.</returns>
    /// <exception cref="ArgumentException">Lengths do not match, or a subject has no positive likelihood.</exception>
    /// <remarks>Source: [Hall2007] equation 4 for the log-score pool; the steps are expectation-maximisation of mixture proportions [Dempster1977] section 4.3,
    /// with a symmetric Dirichlet prior.</remarks>
    public static double[] LogScoreWeights(ReadOnlySpan<double> likelihoods, int modelCount, ReadOnlySpan<double> caseWeights, double priorCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(modelCount);
        ArgumentOutOfRangeException.ThrowIfNegative(priorCount);
        Check(likelihoods, modelCount, caseWeights);
        var weights = new double[modelCount];
        Array.Fill(weights, 1.0 / modelCount);
        var counts = new double[modelCount];
        for (var iteration = 0; iteration < IterationLimit; iteration++)
        {
            Array.Fill(counts, priorCount / modelCount);
            for (var i = 0; i < caseWeights.Length; i++)
            {
                var row = likelihoods.Slice(i * modelCount, modelCount);
                var pooled = 0.0;
                for (var m = 0; m < modelCount; m++)
                {
                    pooled += weights[m] * row[m];
                }

                for (var m = 0; m < modelCount && pooled > 0; m++)
                {
                    counts[m] += caseWeights[i] * weights[m] * row[m] / pooled;
                }
            }

            var total = counts.Sum();
            var change = 0.0;
            for (var m = 0; m < modelCount; m++)
            {
                var next = counts[m] / total;
                change = Math.Max(change, Math.Abs(next - weights[m]));
                weights[m] = next;
            }

            if (change < Tolerance)
            {
                break;
            }
        }

        return weights;
    }

    /// <summary>Weights that minimise the weighted squared error of the pooled mean.</summary>
    /// <param name="predictions">Row-major, shape [subjects, models], finite.</param>
    /// <param name="modelCount">Number of models.</param>
    /// <param name="outcomes">Shape [subjects], finite.</param>
    /// <param name="caseWeights">Shape [subjects]; not negative.</param>
    /// <param name="priorCount">As in <see cref="LogScoreWeights"/>: a pull towards equal weights, in subjects.</param>
    /// <returns>Shape [models]; not negative, sum 1.</returns>
    /// <remarks>Source: stacked regressions [Breiman1996], with the weights on the simplex. Projected gradient with the step 1 / (largest row sum of the
    /// Gram matrix); the projection is that of [Duchi2008] figure 1.</remarks>
    public static double[] SquaredErrorWeights(
        ReadOnlySpan<double> predictions, int modelCount, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> caseWeights, double priorCount = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(modelCount);
        ArgumentOutOfRangeException.ThrowIfNegative(priorCount);
        if (outcomes.Length != caseWeights.Length || predictions.Length != outcomes.Length * modelCount)
        {
            throw new ArgumentException($"{predictions.Length} predictions, {outcomes.Length} outcomes and {caseWeights.Length} weights do not match for {modelCount} models.");
        }

        var gram = Gram(predictions, modelCount, outcomes, caseWeights);
        AddPrior(gram, modelCount, priorCount / caseWeights.ToArray().Sum());
        var largest = 0.0;
        for (var a = 0; a < modelCount; a++)
        {
            var sum = 0.0;
            for (var b = 0; b < modelCount; b++)
            {
                sum += Math.Abs(gram[(a * modelCount) + b]);
            }

            largest = Math.Max(largest, sum);
        }

        var weights = new double[modelCount];
        Array.Fill(weights, 1.0 / modelCount);
        if (largest == 0)
        {
            return weights;
        }

        var next = new double[modelCount];
        for (var iteration = 0; iteration < IterationLimit; iteration++)
        {
            for (var a = 0; a < modelCount; a++)
            {
                var slope = 0.0;
                for (var b = 0; b < modelCount; b++)
                {
                    slope += gram[(a * modelCount) + b] * weights[b];
                }

                next[a] = weights[a] - (slope / largest);
            }

            ProjectOnSimplex(next);
            var change = weights.Zip(next, (w, n) => Math.Abs(w - n)).Max();
            next.CopyTo(weights, 0);
            if (change < Tolerance)
            {
                break;
            }
        }

        return weights;
    }

    // On the simplex, the error of the pool is the pool of the errors: w' E'E w with E the errors of the models.
    private static double[] Gram(ReadOnlySpan<double> predictions, int modelCount, ReadOnlySpan<double> outcomes, ReadOnlySpan<double> caseWeights)
    {
        var gram = new double[modelCount * modelCount];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var row = predictions.Slice(i * modelCount, modelCount);
            for (var a = 0; a < modelCount; a++)
            {
                var error = caseWeights[i] * (row[a] - outcomes[i]);
                for (var b = 0; b < modelCount; b++)
                {
                    gram[(a * modelCount) + b] += error * (row[b] - outcomes[i]);
                }
            }
        }

        return gram;
    }

    // Scaled by the mean diagonal, so that the pull does not depend on the unit of the outcome.
    private static void AddPrior(double[] gram, int modelCount, double share)
    {
        var scale = 0.0;
        for (var a = 0; a < modelCount; a++)
        {
            scale += gram[(a * modelCount) + a] / modelCount;
        }

        for (var a = 0; a < modelCount; a++)
        {
            gram[(a * modelCount) + a] += share * scale;
        }
    }

    private static void ProjectOnSimplex(double[] values)
    {
        var sorted = values.OrderDescending().ToArray();
        double sum = 0, threshold = 0;
        for (var k = 0; k < sorted.Length; k++)
        {
            sum += sorted[k];
            var candidate = (sum - 1) / (k + 1);
            if (sorted[k] > candidate)
            {
                threshold = candidate;
            }
        }

        for (var k = 0; k < values.Length; k++)
        {
            values[k] = Math.Max(0, values[k] - threshold);
        }
    }

    private static void Check(ReadOnlySpan<double> likelihoods, int modelCount, ReadOnlySpan<double> caseWeights)
    {
        if (likelihoods.Length != caseWeights.Length * modelCount)
        {
            throw new ArgumentException($"{likelihoods.Length} likelihoods do not fill [{caseWeights.Length} subjects, {modelCount} models].", nameof(likelihoods));
        }

        for (var i = 0; i < caseWeights.Length; i++)
        {
            var sum = 0.0;
            foreach (var likelihood in likelihoods.Slice(i * modelCount, modelCount))
            {
                sum += likelihood >= 0 ? likelihood : double.NaN;
            }

            if (!(sum > 0) && caseWeights[i] > 0)
            {
                throw new ArgumentException($"The likelihoods of subject {i} are not all non-negative with one positive.", nameof(likelihoods));
            }
        }
    }
}
