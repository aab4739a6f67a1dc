using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Results;

/// <summary>The estimand by its five attributes. Source: [ICHE9R1].</summary>
/// <param name="Population">Whose effect is estimated.</param>
/// <param name="PopulationText">The population in words.</param>
/// <param name="Treatment">The treatment condition, in words.</param>
/// <param name="Comparator">The condition it is compared with, in words.</param>
/// <param name="Variable">The variable obtained from each subject, in words.</param>
/// <param name="Summary">The population-level summary of the primary analysis, in words.</param>
/// <param name="IntercurrentEvents">How events after the start are handled.</param>
public sealed record EstimandResult(
    EstimandPopulation Population,
    string PopulationText,
    string Treatment,
    string Comparator,
    string Variable,
    string Summary,
    IReadOnlyList<IntercurrentEventText> IntercurrentEvents);

/// <param name="Event">The event, e.g. "death without recurrence".</param>
/// <param name="Handling">Strategy and reason, as the scenario states them.</param>
public sealed record IntercurrentEventText(string Event, string Handling);
