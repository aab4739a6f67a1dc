using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study.Methods;

/// <summary>What one method gave.</summary>
/// <param name="Method">The method.</param>
/// <param name="Arm">The control arm it built by weights, or null where it weighs nobody.</param>
/// <param name="Estimates">One a measure it can answer.</param>
/// <param name="Warnings">Doubts that must reach the report.</param>
internal sealed record MethodOutcome(
    MethodSpecification Method, ControlArm? Arm, IReadOnlyList<EffectEstimate> Estimates, IReadOnlyList<StudyWarning> Warnings);
