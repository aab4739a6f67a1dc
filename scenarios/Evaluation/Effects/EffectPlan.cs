using DigitalTwin.Models.Effects;

namespace DigitalTwin.Scenarios.Evaluation.Effects;

/// <summary>The effect of one arm against another on each subject, to be predicted and judged.</summary>
/// <param name="Question">What is compared; its horizon is null where follow-up ends at the target's.</param>
/// <param name="Model">Name of the model that outcomes are learnt by.</param>
/// <param name="Propensity">Covariates on which the probability of the arm depends; empty where it was randomised.</param>
public sealed record EffectPlan(EffectQuestion Question, string Model, IReadOnlyList<string> Propensity);
