namespace DigitalTwin.Models.LinearModels.Features;

/// <summary>What a block of features says; each kind may be held back more or less than another.</summary>
internal enum BlockKind
{
    /// <summary>Covariates as they are: lines and levels.</summary>
    Covariates,

    /// <summary>Bends of numeric covariates.</summary>
    Bends,

    /// <summary>Products of two covariates.</summary>
    Products,

    /// <summary>An indicator an arm.</summary>
    Arms,

    /// <summary>Products of an arm and a covariate: who gains more.</summary>
    ArmCovariates,

    /// <summary>One omics layer.</summary>
    Layer,
}

/// <summary>Features of one kind, of some subjects.</summary>
/// <param name="Kind">What they say.</param>
/// <param name="Name">For findings: the layer's name, or words.</param>
/// <param name="Features">Standardised, shape [subjects, features].</param>
internal sealed record FeatureBlock(BlockKind Kind, string Name, Encoding.FeatureMatrix Features);
