namespace DigitalTwin.Models.LinearModels;

/// <summary>Which features a linear model makes of the covariates beside lines and levels. Each kind is a block with its own penalty.</summary>
public sealed record LinearFeatureOptions
{
    public static LinearFeatureOptions Default { get; } = new();

    /// <summary>Bend numeric covariates by restricted cubic splines.</summary>
    public bool WithBends { get; init; } = true;

    /// <summary>With more covariate columns than this nothing is bent, and arms are not multiplied with covariates.</summary>
    public int BendColumnLimit { get; init; } = 60;

    /// <summary>Multiply covariates with each other.</summary>
    public bool WithProducts { get; init; } = true;

    /// <summary>With more covariate columns than this none are multiplied.</summary>
    public int ProductColumnLimit { get; init; } = 16;

    /// <summary>Multiply arms with covariates, so that an arm may help some more than others.</summary>
    public bool WithArmCovariates { get; init; } = true;
}
