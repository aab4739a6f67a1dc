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
public sealed record Population(PopulationId Id, CohortId Cohort, ConditionExpression? Where);
