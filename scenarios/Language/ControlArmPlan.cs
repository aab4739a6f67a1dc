namespace DigitalTwin.Scenarios.Language;

/// <summary>How the control arm is built.</summary>
/// <param name="Primary">The method whose estimate answers the question; one of <paramref name="Methods"/>.</param>
/// <param name="Methods">Every method to run, in the order of the file.</param>
/// <param name="AllowPoorOverlap">True to go on, with a warning, where treated subjects have no comparable control.</param>
public sealed record ControlArmPlan(MethodSpecification Primary, IReadOnlyList<MethodSpecification> Methods, bool AllowPoorOverlap);
