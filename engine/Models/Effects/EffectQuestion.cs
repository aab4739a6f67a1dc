using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Effects;

/// <summary>Which two arms are compared, and how.</summary>
/// <param name="Treated">Arm whose effect is asked for.</param>
/// <param name="Reference">Arm it is compared with.</param>
/// <param name="Measure">Scale of the effect: <see cref="SummaryMeasure.RiskDifference"/>, <see cref="SummaryMeasure.MeanDifference"/> or
/// <see cref="SummaryMeasure.SurvivalDifference"/>. Only these are differences of means, so that the average of individual effects is the average effect.</param>
/// <param name="Horizon">Time at which survival is compared; null for other outcomes.</param>
public sealed record EffectQuestion(ArmId Treated, ArmId Reference, SummaryMeasure Measure, Duration? Horizon = null);
