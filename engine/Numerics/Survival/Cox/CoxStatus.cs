namespace DigitalTwin.Numerics.Survival;

/// <summary>How a Cox regression ended.</summary>
public enum CoxStatus
{
    /// <summary>The likelihood has its maximum at the coefficients.</summary>
    Converged,

    /// <summary>The iterations ran out.</summary>
    IterationLimit,

    /// <summary>The likelihood still rises as a coefficient runs to infinity: a covariate separates events from survivors.</summary>
    MonotoneLikelihood,

    /// <summary>A covariate is constant or a combination of earlier ones; its coefficient is NaN, the others are fitted without it.</summary>
    SingularCovariates,

    /// <summary>No subject of positive weight had an event: nothing can be estimated.</summary>
    NoEvents,
}
