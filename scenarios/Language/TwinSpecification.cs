namespace DigitalTwin.Scenarios.Language;

/// <summary>The twin model to train.</summary>
/// <param name="Model">Kind of model: <c>multi-omics</c>, <c>penalized-cox</c>, <c>penalized-logistic</c> or <c>penalized-linear</c>.</param>
/// <param name="Covariates">Names of the covariate terms it sees; a subset of the adjustment's terms.</param>
/// <param name="MemberCount">Bootstrap members of the ensemble in each fold.</param>
/// <param name="FoldCount">Cross-fitting folds.</param>
public sealed record TwinSpecification(string Model, IReadOnlyList<string> Covariates, int MemberCount, int FoldCount)
{
    /// <summary>Name of the model that reads omics layers too.</summary>
    public const string MultiOmics = "multi-omics";

    /// <summary>Omics layers it sees, which the cohorts of both arms have with one unit.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    public bool IsMultiOmics => Model == MultiOmics;
}
