namespace DigitalTwin.Numerics.Survival;

/// <summary>What a Cox regression is fitted with beside times, events and covariates.</summary>
public sealed record CoxOptions
{
    /// <summary>Treatment of tied event times.</summary>
    public TieHandling Ties { get; init; } = TieHandling.Efron;

    /// <summary>Case weights, shape [subjects], finite and not negative; a subject of weight zero is left out. Null: all one.</summary>
    public double[]? Weights { get; init; }

    /// <summary>Stratum of each subject, shape [subjects]; each stratum has its own baseline hazard. Null: one stratum.</summary>
    public int[]? Strata { get; init; }

    /// <summary>Cluster of each subject, shape [subjects], for the robust variance. Null: each subject its own.</summary>
    public int[]? Clusters { get; init; }

    /// <summary>Compute the robust variance too; implied by <see cref="Clusters"/>.</summary>
    public bool Robust { get; init; }

    /// <summary>Known terms of the linear predictor, shape [subjects], finite. Null: all zero.</summary>
    public double[]? Offsets { get; init; }

    /// <summary>Shape [covariates]: 0.5 * penalty * coefficient^2 is taken off the log partial likelihood. Null: none.</summary>
    public double[]? RidgePenalty { get; init; }

    /// <summary>Newton steps before giving up.</summary>
    public int MaxIterations { get; init; } = 30;

    /// <summary>Converged when a step changes the log likelihood by less than this part of it, or of one where it is smaller.</summary>
    public double Tolerance { get; init; } = 1e-11;
}
