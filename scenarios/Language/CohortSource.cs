using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>A cohort bundle the scenario uses.</summary>
/// <param name="Id">The scenario's name of the cohort.</param>
/// <param name="Bundle">Path as written: relative to the scenario file, with forward slashes.</param>
/// <param name="Folder">The same path made absolute.</param>
public sealed record CohortSource(CohortId Id, string Bundle, string Folder);
