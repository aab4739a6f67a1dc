using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Omics.Layers;

namespace DigitalTwin.Omics.Batches;

/// <summary>Least squares of one feature on batches and covariates, and its standardised values by batch.</summary>
/// <param name="Mean">Mean of the batches weighted by their subjects, or that of the reference batch, at covariates of zero.</param>
/// <param name="CovariateEffects">Shape [covariates].</param>
/// <param name="Deviation">Root of the pooled residual variance.</param>
/// <param name="Standardized">For each batch the values that are there, less mean and covariates, over the deviation.</param>
internal sealed record FeatureFit(double Mean, double[] CovariateEffects, double Deviation, double[][] Standardized)
{
    /// <summary>The fit, or null where the feature does not vary within some batch, has fewer than two values there, or cannot be fitted.</summary>
    public static FeatureFit? Of(BatchProblem problem, int feature, bool hasMissing)
    {
        var subjects = Enumerable.Range(0, problem.Layer.SubjectCount).Where(s => !float.IsNaN(Value(s))).ToArray();
        for (var b = 0; b < problem.Batches.Length; b++)
        {
            var batch = b;
            double[] own = [.. subjects.Where(s => problem.BatchOf[s] == batch).Select(s => (double)Value(s))];
            if (own.Length < 2 || own.Min() == own.Max())
            {
                return null;
            }
        }

        var size = problem.Batches.Length + problem.CovariateCount;
        if (Coefficients(problem, feature, subjects, size) is not { } coefficients)
        {
            return null;
        }

        var residuals = new double[problem.Layer.SubjectCount];
        var row = new double[size];
        foreach (var s in subjects)
        {
            problem.DesignRow(s, row);
            residuals[s] = Value(s);
            for (var j = 0; j < size; j++)
            {
                residuals[s] -= row[j] * coefficients[j];
            }
        }

        double[] pooled = [.. subjects.Where(s => problem.Reference < 0 || problem.BatchOf[s] == problem.Reference).Select(s => residuals[s])];
        var variance = hasMissing ? FeatureMoments.Of(pooled).Variance : pooled.Sum(r => r * r) / pooled.Length;
        if (!(variance > 0))
        {
            return null;
        }

        var mean = GrandMean(problem, coefficients);
        var standardized = new double[problem.Batches.Length][];
        for (var b = 0; b < standardized.Length; b++)
        {
            var batch = b;
            standardized[b] = [.. subjects.Where(s => problem.BatchOf[s] == batch).Select(s => (residuals[s] + coefficients[batch] - mean) / Math.Sqrt(variance))];
        }

        return new FeatureFit(mean, coefficients[problem.Batches.Length..], Math.Sqrt(variance), standardized);

        float Value(int subject) => problem.Layer.Layer.Row(subject)[feature];
    }

    private static double GrandMean(BatchProblem problem, double[] coefficients)
    {
        if (problem.Reference >= 0)
        {
            return coefficients[problem.Reference];
        }

        double mean = 0;
        foreach (var batch in problem.BatchOf)
        {
            mean += coefficients[batch];
        }

        return mean / problem.BatchOf.Length;
    }

    private static double[]? Coefficients(BatchProblem problem, int feature, int[] subjects, int size)
    {
        var matrix = new double[size * size];
        var right = new double[size];
        var row = new double[size];
        foreach (var s in subjects)
        {
            problem.DesignRow(s, row);
            for (var i = 0; i < size; i++)
            {
                right[i] += row[i] * problem.Layer.Layer.Row(s)[feature];
                for (var j = 0; j <= i; j++)
                {
                    matrix[(i * size) + j] += row[i] * row[j];
                }
            }
        }

        if (Cholesky.Factor(matrix, size) < size)
        {
            return null;
        }

        Cholesky.Solve(matrix, size, right);
        return right;
    }
}
