using DigitalTwin.Scenarios.Language.Grammar;
using DigitalTwin.Scenarios.Language.Reading;

namespace DigitalTwin.Scenarios.Evaluation.Unlikeness;

/// <summary>Counts the test subjects that are unlike the training subjects, and asks whether predictions of them are worse.</summary>
/// <param name="Below">p-value below which a subject is called unlike.</param>
public sealed record UnlikenessPlan(double Below)
{
    internal static MappingShape Shape { get; } = new(
    [
        new("below", new NumberShape(0, 0.5, ExcludesLimits: true), "A subject whose p-value of being like the training subjects is not above this is called unlike them.", Default: "0.05"),
    ]);

    internal static UnlikenessPlan? Bind(DocumentSection root) =>
        root.Section("unlike") is { } section && section.Number("below") is { } below ? new UnlikenessPlan(below.Value) : null;
}
