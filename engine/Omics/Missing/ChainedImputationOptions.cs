namespace DigitalTwin.Omics.Missing;

/// <summary>How a missing value is drawn from the regression of its variable on the others.</summary>
public enum ImputationMethod
{
    /// <summary>The value of a training subject whose prediction is near: always a value that was seen.</summary>
    PredictiveMeanMatching,

    /// <summary>The prediction plus a normal residual, coefficients and residual variance drawn from their posterior.</summary>
    BayesianLinear,
}

/// <summary>How missing values are imputed.</summary>
public sealed record ChainedImputationOptions
{
    /// <summary>Seed of the run.</summary>
    public ulong Seed { get; init; }

    public ImputationMethod Method { get; init; } = ImputationMethod.PredictiveMeanMatching;

    /// <summary>Imputed data sets, at least 2 for Rubin's rules.</summary>
    public int ImputationCount { get; init; } = 5;

    /// <summary>Rounds through the variables, at least 1.</summary>
    public int IterationCount { get; init; } = 10;

    /// <summary>Near subjects among whom predictive mean matching draws, at least 1.</summary>
    public int DonorCount { get; init; } = 5;

    /// <summary>Threads at most; -1 for as many as there are. The result does not depend on it.</summary>
    public int MaximumThreads { get; init; } = -1;
}
