namespace DigitalTwin.Numerics.Regression;

/// <summary>What a logistic regression may be told beyond outcome and covariates.</summary>
public sealed record LogisticOptions
{
    public static LogisticOptions Default { get; } = new();

    /// <summary>Case weights, shape [subjects], finite and not negative; null = 1 each.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Known part of the linear predictor, shape [subjects]; null = 0.</summary>
    public double[]? Offsets { get; init; }

    /// <summary>Half the multiplier of the squared coefficients of the standardised covariates that is taken from the log-likelihood; 0 = none.
    /// The intercept is never penalised.</summary>
    public double RidgePenalty { get; init; }

    /// <summary>Robust (sandwich) covariance clustered by these numbers, shape [subjects]; null = each subject for itself.</summary>
    public int[]? Clusters { get; init; }
}

/// <summary>How a regression ended.</summary>
public enum RegressionStatus
{
    /// <summary>The estimate is the maximum of the likelihood.</summary>
    Converged,

    /// <summary>A combination of covariates tells the outcomes apart: the likelihood has no maximum [Albert1984].</summary>
    Separated,

    /// <summary>The iterations ended before the step became small.</summary>
    NotConverged,

    /// <summary>Only one outcome occurs among subjects with weight.</summary>
    SingleOutcome,
}
