using DigitalTwin.Models;

namespace DigitalTwin.Scenarios.Results;

/// <summary>The twin model that made the forecasts, and how well it predicted subjects it had not seen.</summary>
/// <param name="Name">Kind of model, e.g. <c>cox-spline-ensemble</c>.</param>
/// <param name="Description">How it was trained, in sentences.</param>
/// <param name="Sha256">Hash of the trained model.</param>
/// <param name="TrainingCount">Subjects it was trained on.</param>
/// <param name="MemberCount">Members of the ensemble.</param>
/// <param name="FoldCount">Folds of the cross-fitting.</param>
/// <param name="Covariates">Variables it reads.</param>
/// <param name="Validation">Out-of-fold performance, one entry an arm.</param>
/// <param name="Citations">Full references of the method.</param>
public sealed record TwinModelResult(
    string Name,
    string Description,
    string Sha256,
    int TrainingCount,
    int MemberCount,
    int FoldCount,
    IReadOnlyList<string> Covariates,
    IReadOnlyList<TwinArmValidation> Validation,
    IReadOnlyList<string> Citations);
