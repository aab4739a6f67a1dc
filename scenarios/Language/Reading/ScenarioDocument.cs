using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language.Reading;

/// <summary>A scenario file as read: every value keeps its line and column; keys and kinds of values are checked, their meaning is not yet.</summary>
/// <param name="FileName">Name used in faults.</param>
/// <param name="Root">The whole file.</param>
/// <param name="Faults">Unknown, missing and doubled keys, and values of the wrong kind. A document with faults may still be bound,
/// so that every other fault is found in the same go, but never run.</param>
public sealed record ScenarioDocument(string FileName, DocumentSection Root, IReadOnlyList<Fault> Faults);
