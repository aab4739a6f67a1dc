namespace DigitalTwin.Models.LinearModels;

/// <summary>What a plain regression reads beside covariates and arms.</summary>
public sealed record PlainRegressionOptions
{
    public static PlainRegressionOptions Default { get; } = new();

    /// <summary>Principal components of one layer to add, from 0; fewer where the layer's rank is smaller.</summary>
    public int ComponentCount { get; init; }

    /// <summary>The layer they come from; null for the one with the most features that vary, the first of equals.</summary>
    public string? ComponentLayer { get; init; }

    /// <summary>Multiply arms with covariates. More columns than information then call for a penalty, which is chosen and said.</summary>
    public bool WithArmCovariates { get; init; }

    /// <summary>Penalise by ridge even where the information would carry the columns; else only where it would not.</summary>
    public bool AlwaysPenalized { get; init; }
}
