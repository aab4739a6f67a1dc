namespace DigitalTwin.Models.LinearModels;

/// <summary>How the penalties of a linear learner are chosen.</summary>
public sealed record LinearTuningOptions
{
    public static LinearTuningOptions Default { get; } = new();

    /// <summary>Inner folds, from 2; fewer where a class is rarer.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>How often the subjects are dealt into folds anew, from 1. More repeats make the choice of a penalty steadier.</summary>
    public int RepeatCount { get; init; } = 3;

    /// <summary>Penalties tried on a path, from 2.</summary>
    public int PenaltyCount { get; init; } = 12;

    /// <summary>Which features are made of covariates.</summary>
    public LinearFeatureOptions Features { get; init; } = LinearFeatureOptions.Default;
}
