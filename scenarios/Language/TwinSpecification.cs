namespace DigitalTwin.Scenarios.Language;

/// <summary>The twin model to train.</summary>
/// <param name="Model">Kind of model: <c>penalized-cox</c>, <c>penalized-logistic</c> or <c>penalized-linear</c>.</param>
/// <param name="Covariates">Names of the covariate terms it sees; a subset of the adjustment's terms.</param>
/// <param name="MemberCount">Bootstrap members of the ensemble in each fold.</param>
/// <param name="FoldCount">Cross-fitting folds.</param>
public sealed record TwinSpecification(string Model, IReadOnlyList<string> Covariates, int MemberCount, int FoldCount);
