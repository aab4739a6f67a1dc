namespace DigitalTwin.Models.Explanation;

/// <summary>One thing that a model reads of a subject.</summary>
/// <param name="Source">Name of a layer, or <see cref="Covariates"/>, <see cref="Treatment"/> or <see cref="Observations"/>.</param>
/// <param name="Feature">Name of the variable or feature in it.</param>
public sealed record FeatureName(string Source, string Feature)
{
    /// <summary>Source of baseline variables.</summary>
    public const string Covariates = "covariates";

    /// <summary>Source of what the arm of a subject is.</summary>
    public const string Treatment = "treatment";

    /// <summary>Source of repeated measurements.</summary>
    public const string Observations = "observations";

    public override string ToString() => Source == Covariates ? Feature : $"{Source}:{Feature}";
}
