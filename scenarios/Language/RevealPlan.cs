namespace DigitalTwin.Scenarios.Language;

/// <summary>A real control arm kept apart from everything that fits, opened only to check finished estimates.</summary>
/// <param name="Population">Who is in it; never the population of an arm.</param>
public sealed record RevealPlan(PopulationId Population);
