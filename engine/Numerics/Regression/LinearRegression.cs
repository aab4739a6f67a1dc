using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression;

/// <summary>What a linear regression may be told beyond outcome and covariates.</summary>
public sealed record LinearOptions
{
    public static LinearOptions Default { get; } = new();

    /// <summary>Case weights, shape [subjects], finite and not negative; null = 1 each. Weight 0 leaves a subject out.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Clusters of the robust covariance, shape [subjects]; null = each subject for itself.</summary>
    public int[]? Clusters { get; init; }
}

/// <summary>A fitted linear regression. Coefficients come with the intercept first.</summary>
/// <param name="Coefficients">Shape [1 + covariates]; aliased columns 0.</param>
/// <param name="Covariance">Under equal variances (weights as precisions), row-major, shape [1 + covariates, 1 + covariates].</param>
/// <param name="RobustCovariance">Sandwich without small-sample factor: HC0, or clustered where clusters were given.</param>
/// <param name="Fitted">Shape [subjects].</param>
/// <param name="ResidualVariance">Weighted residual sum of squares over the degrees of freedom.</param>
/// <param name="DegreesOfFreedom">Subjects with weight, less the rank.</param>
/// <param name="ClusterCount">Clusters with weight, or subjects with weight.</param>
/// <param name="AliasedColumns">Covariate columns that are combinations of others and were left out.</param>
public sealed record LinearFit(
    double[] Coefficients,
    double[] Covariance,
    double[] RobustCovariance,
    double[] Fitted,
    double ResidualVariance,
    int DegreesOfFreedom,
    int ClusterCount,
    IReadOnlyList<int> AliasedColumns)
{
    /// <summary>Multiplies the robust covariance into HC1: n / (n - k).</summary>
    public double Hc1Factor(int subjectCount) => (double)subjectCount / DegreesOfFreedom;

    /// <summary>Multiplies the robust covariance as R <c>sandwich::vcovCL</c> does: G / (G - 1) times (n - 1) / (n - k).</summary>
    public double ClusterFactor(int subjectCount) => (double)ClusterCount / (ClusterCount - 1) * (subjectCount - 1) / DegreesOfFreedom;

    /// <summary>Mean for one subject's covariates, shape [covariates].</summary>
    public double Predict(ReadOnlySpan<double> covariates)
    {
        var mean = Coefficients[0];
        for (var j = 0; j < covariates.Length; j++)
        {
            mean += Coefficients[j + 1] * covariates[j];
        }

        return mean;
    }
}

/// <summary>Linear regression by weighted least squares.</summary>
public static class LinearRegression
{
    /// <summary>Fits mean = intercept + covariates b.</summary>
    /// <param name="outcomes">Shape [subjects], finite.</param>
    /// <param name="covariates">Shape [subjects, covariates], finite; an intercept is added.</param>
    /// <param name="options">Weights and clusters.</param>
    /// <returns>The fit; agrees with R <c>lm</c> and <c>sandwich</c> (types HC0 and HC1, <c>vcovCL</c>).</returns>
    /// <exception cref="ArgumentException">Lengths differ, or there are no more weighted subjects than coefficients.</exception>
    /// <remarks>Normal equations of standardised covariates with one step of refinement; source [Golub2013] section 5.3; robust [White1980].</remarks>
    public static LinearFit Fit(ReadOnlySpan<double> outcomes, RowMajorMatrix covariates, LinearOptions? options = null)
    {
        options ??= LinearOptions.Default;
        if (outcomes.Length != covariates.RowCount || (options.Weights is { } given && given.Length != outcomes.Length))
        {
            throw new ArgumentException(
                $"{outcomes.Length} outcomes, {options.Weights?.Length ?? outcomes.Length} weights and {covariates.RowCount} covariate rows do not match.");
        }

        var design = new DesignMatrix(covariates);
        var weights = options.Weights ?? [.. Enumerable.Repeat(1.0, outcomes.Length)];
        var size = design.ColumnCount;
        var factor = CrossProduct(design, weights);
        var rank = Cholesky.Factor(factor, size);
        var used = weights.Count(w => w > 0);
        if (used <= rank)
        {
            throw new ArgumentException($"{used} subjects with weight cannot fit {rank} coefficients.", nameof(outcomes));
        }

        var scaled = new double[size];
        var residuals = outcomes.ToArray();
        for (var pass = 0; pass < 2; pass++)
        {
            Refine(design, weights, factor, scaled, residuals);
        }

        return Summarise(design, weights, options.Clusters, factor, scaled, residuals, outcomes, used, rank);
    }

    private static LinearFit Summarise(
        DesignMatrix design,
        double[] weights,
        int[]? clusters,
        double[] factor,
        double[] scaled,
        double[] residuals,
        ReadOnlySpan<double> outcomes,
        int used,
        int rank)
    {
        var size = design.ColumnCount;
        var scores = new double[residuals.Length * size];
        var fitted = new double[residuals.Length];
        double squares = 0;
        for (var i = 0; i < residuals.Length; i++)
        {
            fitted[i] = outcomes[i] - residuals[i];
            squares += weights[i] * residuals[i] * residuals[i];
            var row = design.Row(i);
            for (var j = 0; j < size; j++)
            {
                scores[(i * size) + j] = weights[i] * residuals[i] * row[j];
            }
        }

        var bread = Cholesky.Inverse(factor, size);
        var scoreMatrix = new RowMajorMatrix(scores, residuals.Length, size);
        var meat = clusters is null ? Sandwich.Meat(scoreMatrix) : Sandwich.ClusteredMeat(scoreMatrix, clusters, out _);
        var clusterCount = clusters is null ? used : clusters.Where((_, i) => weights[i] > 0).Distinct().Count();
        var degreesOfFreedom = used - rank;
        var variance = squares / degreesOfFreedom;
        var aliased = Enumerable.Range(1, size - 1).Where(j => Cholesky.IsDependent(factor, size, j)).Select(j => j - 1).ToList();
        return new LinearFit(
            design.Unscale(scaled),
            [.. design.UnscaleCovariance(bread).Select(v => v * variance)],
            design.UnscaleCovariance(Sandwich.Product(bread, meat, size)),
            fitted,
            variance,
            degreesOfFreedom,
            clusterCount,
            aliased);
    }

    private static double[] CrossProduct(DesignMatrix design, double[] weights)
    {
        var size = design.ColumnCount;
        var product = new double[size * size];
        for (var i = 0; i < weights.Length; i++)
        {
            var row = design.Row(i);
            for (var a = 0; a < size; a++)
            {
                var scaled = weights[i] * row[a];
                for (var b = 0; b <= a; b++)
                {
                    product[(a * size) + b] += scaled * row[b];
                }
            }
        }

        return product;
    }

    /// <summary>Adds to the coefficients what the residuals still explain, and takes it from the residuals.</summary>
    private static void Refine(DesignMatrix design, double[] weights, double[] factor, double[] scaled, double[] residuals)
    {
        var change = new double[scaled.Length];
        for (var i = 0; i < residuals.Length; i++)
        {
            var row = design.Row(i);
            for (var j = 0; j < change.Length; j++)
            {
                change[j] += weights[i] * residuals[i] * row[j];
            }
        }

        Cholesky.Solve(factor, scaled.Length, change);
        for (var j = 0; j < scaled.Length; j++)
        {
            scaled[j] += change[j];
        }

        for (var i = 0; i < residuals.Length; i++)
        {
            var row = design.Row(i);
            for (var j = 0; j < change.Length; j++)
            {
                residuals[i] -= row[j] * change[j];
            }
        }
    }
}
