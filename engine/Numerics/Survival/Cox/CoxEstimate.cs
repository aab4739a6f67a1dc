using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Coefficients of a Cox regression with their uncertainty: what a repeated fit needs and no more.</summary>
public record CoxEstimate
{
    /// <summary>Log hazard ratios a unit of each covariate, shape [covariates]; NaN for a covariate that could not be fitted.</summary>
    public required double[] Coefficients { get; init; }

    /// <summary>Inverse observed information, shape [covariates, covariates].</summary>
    public required RowMajorMatrix Covariance { get; init; }

    /// <summary>Sandwich of the dfbeta residuals, summed within clusters [Lin1989]; null when it was not asked for.</summary>
    public RowMajorMatrix? RobustCovariance { get; init; }

    /// <summary>Log partial likelihood at the coefficients, less the ridge penalty.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>Log partial likelihood at zero.</summary>
    public required double NullLogLikelihood { get; init; }

    /// <summary>Score statistic at zero; with one binary covariate and Breslow ties it is nearly the log-rank test.</summary>
    public required ChiSquaredTest ScoreTest { get; init; }

    /// <summary>Newton steps taken.</summary>
    public required int IterationCount { get; init; }

    /// <summary>How the fit ended.</summary>
    public required CoxStatus Status { get; init; }

    /// <summary>The covariate column that <see cref="Status"/> speaks of, where it speaks of one.</summary>
    public int? StatusColumn { get; init; }

    /// <summary>The status as a sentence.</summary>
    public string StatusSentence => Status switch
    {
        CoxStatus.Converged => "The fit converged.",
        CoxStatus.IterationLimit => string.Create(
            CultureInfo.InvariantCulture, $"The fit did not converge in {IterationCount} iterations."),
        CoxStatus.MonotoneLikelihood => string.Create(
            CultureInfo.InvariantCulture, $"The coefficient of column {StatusColumn} runs to infinity: the covariate separates the events."),
        CoxStatus.SingularCovariates => string.Create(
            CultureInfo.InvariantCulture, $"Column {StatusColumn} is constant or a combination of earlier columns: it has no coefficient."),
        CoxStatus.NoEvents => "No subject of positive weight had an event: nothing can be estimated.",
        _ => throw new InvalidOperationException($"Status {Status} has no sentence."),
    };

    /// <summary>Square roots of the diagonal of the robust covariance where there is one, else of the covariance; shape [covariates].</summary>
    public double[] StandardErrors => SquareRootsOfDiagonal(RobustCovariance ?? Covariance);

    /// <summary>Square roots of the diagonal of the covariance, shape [covariates].</summary>
    public double[] ModelStandardErrors => SquareRootsOfDiagonal(Covariance);

    private static double[] SquareRootsOfDiagonal(RowMajorMatrix matrix)
    {
        var roots = new double[matrix.RowCount];
        for (var j = 0; j < roots.Length; j++)
        {
            roots[j] = Math.Sqrt(matrix[j, j]);
        }

        return roots;
    }
}
