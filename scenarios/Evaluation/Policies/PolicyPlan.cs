namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>Assignment of each subject to the arm predicted best for it, to be judged.</summary>
/// <param name="HighestIsBest">Whether a high outcome is good.</param>
/// <param name="Model">Name of the model whose predictions decide.</param>
/// <param name="Propensity">Covariates on which the probability of an arm depends.</param>
/// <param name="LeastPropensity">An arm less probable for a subject than this is not chosen for it.</param>
public sealed record PolicyPlan(bool HighestIsBest, string Model, IReadOnlyList<string> Propensity, double LeastPropensity);
