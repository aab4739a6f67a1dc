using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Language;

/// <summary>Name of a population as the scenario declares it.</summary>
public readonly record struct PopulationId(string Value)
{
    public override string ToString() => Value;
}

/// <summary>Some subjects of one cohort.</summary>
/// <param name="Id">The scenario's name of the population.</param>
/// <param name="Cohort">Where the subjects come from.</param>
/// <param name="Where">Condition a subject must meet, or null for the whole cohort.</param>
public sealed record Population(PopulationId Id, CohortId Cohort, ConditionExpression? Where)
{
    /// <summary>The half of those who meet the condition that is taken; null for all of them.</summary>
    public PopulationHalf? Half { get; init; }
}

/// <summary>One of two halves that share nobody. A subject's half depends on its id and the seed of the scenario, on nothing else.</summary>
public enum PopulationHalf
{
    First,
    Second,
}
