using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Regression;

/// <summary>Logistic regression by maximum likelihood.</summary>
public static class LogisticRegression
{
    /// <summary>Fits P(outcome) = logistic(intercept + covariates b + offset).</summary>
    /// <param name="outcomes">Shape [subjects], 0 to 1.</param>
    /// <param name="covariates">Shape [subjects, covariates], finite; an intercept is added.</param>
    /// <param name="options">Weights, offsets, ridge penalty, clusters.</param>
    /// <returns>The fit; see its status first. Agrees with R <c>glm(family = binomial)</c> and <c>sandwich</c>.</returns>
    /// <exception cref="ArgumentException">Lengths differ or an outcome is outside [0, 1].</exception>
    /// <remarks>Source: [McCullagh1989] chapter 4; robust covariance [White1980]. Cost O(n p^2) an iteration.</remarks>
    public static LogisticFit Fit(ReadOnlySpan<double> outcomes, RowMajorMatrix covariates, LogisticOptions? options = null)
    {
        options ??= LogisticOptions.Default;
        var workspace = new LogisticWorkspace(covariates, outcomes, options);
        var status = workspace.Fit(options.Weights);
        if (status != RegressionStatus.Converged)
        {
            return WithoutEstimate(status, workspace);
        }

        var size = workspace.Design.ColumnCount;
        var bread = Cholesky.Inverse(workspace.InformationFactor, size);
        var scores = Scores(workspace, outcomes, options.Weights);
        var meat = options.Clusters is null ? Sandwich.Meat(scores) : Sandwich.ClusteredMeat(scores, options.Clusters, out _);
        return new LogisticFit(
            status,
            workspace.Design.Unscale(workspace.ScaledCoefficients),
            workspace.Design.UnscaleCovariance(bread),
            workspace.Design.UnscaleCovariance(Sandwich.Product(bread, meat, size)),
            [.. workspace.Probabilities],
            workspace.Deviance,
            workspace.IterationCount,
            [],
            AliasedColumns(workspace.InformationFactor, size));
    }

    private static List<int> AliasedColumns(ReadOnlySpan<double> factor, int size)
    {
        var aliased = new List<int>();
        for (var j = 1; j < size; j++)
        {
            if (Cholesky.IsDependent(factor, size, j))
            {
                aliased.Add(j - 1);
            }
        }

        return aliased;
    }

    private static RowMajorMatrix Scores(LogisticWorkspace workspace, ReadOnlySpan<double> outcomes, double[]? weights)
    {
        var size = workspace.Design.ColumnCount;
        var scores = new double[outcomes.Length * size];
        for (var i = 0; i < outcomes.Length; i++)
        {
            var residual = (weights?[i] ?? 1) * (outcomes[i] - workspace.Probabilities[i]);
            var row = workspace.Design.Row(i);
            for (var j = 0; j < size; j++)
            {
                scores[(i * size) + j] = residual * row[j];
            }
        }

        return new RowMajorMatrix(scores, outcomes.Length, size);
    }

    private static LogisticFit WithoutEstimate(RegressionStatus status, LogisticWorkspace workspace)
    {
        var size = workspace.Design.ColumnCount;
        var nothing = new double[size];
        Array.Fill(nothing, double.NaN);
        var noCovariance = new double[size * size];
        Array.Fill(noCovariance, double.NaN);
        return new LogisticFit(
            status,
            nothing,
            noCovariance,
            noCovariance,
            [.. workspace.Probabilities],
            workspace.Deviance,
            workspace.IterationCount,
            status == RegressionStatus.Separated ? SeparatingColumns(workspace.LastStep) : [],
            []);
    }

    /// <summary>The columns that carry the separating direction: those within a tenth of its largest part.</summary>
    private static List<int> SeparatingColumns(ReadOnlySpan<double> direction)
    {
        double largest = 0;
        for (var j = 1; j < direction.Length; j++)
        {
            largest = Math.Max(largest, Math.Abs(direction[j]));
        }

        var columns = new List<int>();
        for (var j = 1; j < direction.Length; j++)
        {
            if (Math.Abs(direction[j]) > 0.1 * largest)
            {
                columns.Add(j - 1);
            }
        }

        return columns;
    }
}
