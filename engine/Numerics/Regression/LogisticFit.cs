namespace DigitalTwin.Numerics.Regression;

/// <summary>A fitted logistic regression. Coefficients come with the intercept first, in the units of the covariates.</summary>
/// <param name="Status">How the fit ended; numbers are meaningful only when <see cref="RegressionStatus.Converged"/>.</param>
/// <param name="Coefficients">Shape [1 + covariates]; aliased columns 0.</param>
/// <param name="Covariance">Inverse information, row-major, shape [1 + covariates, 1 + covariates].</param>
/// <param name="RobustCovariance">Sandwich (HC0, clustered where clusters were given, without small-sample factor), same shape.</param>
/// <param name="Probabilities">Fitted probability of each subject, shape [subjects].</param>
/// <param name="Deviance">Minus twice the weighted log-likelihood.</param>
/// <param name="IterationCount">Newton steps taken.</param>
/// <param name="SeparatingColumns">Covariate columns (0 = first covariate) that tell the outcomes apart; empty unless separated.</param>
/// <param name="AliasedColumns">Covariate columns that are combinations of others and were left out.</param>
public sealed record LogisticFit(
    RegressionStatus Status,
    double[] Coefficients,
    double[] Covariance,
    double[] RobustCovariance,
    double[] Probabilities,
    double Deviance,
    int IterationCount,
    IReadOnlyList<int> SeparatingColumns,
    IReadOnlyList<int> AliasedColumns)
{
    /// <summary>Square roots of the diagonal of <see cref="Covariance"/>.</summary>
    public double[] StandardErrors => Diagonal(Covariance);

    /// <summary>Square roots of the diagonal of <see cref="RobustCovariance"/>.</summary>
    public double[] RobustStandardErrors => Diagonal(RobustCovariance);

    /// <summary>Probability for one subject's covariates, shape [covariates].</summary>
    public double Predict(ReadOnlySpan<double> covariates, double offset = 0)
    {
        var predictor = Coefficients[0] + offset;
        for (var j = 0; j < covariates.Length; j++)
        {
            predictor += Coefficients[j + 1] * covariates[j];
        }

        return 1 / (1 + Math.Exp(-predictor));
    }

    private double[] Diagonal(double[] matrix)
    {
        var size = Coefficients.Length;
        return [.. Enumerable.Range(0, size).Select(j => Math.Sqrt(matrix[(j * size) + j]))];
    }
}
