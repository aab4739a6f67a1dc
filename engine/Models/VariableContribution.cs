namespace DigitalTwin.Models;

/// <summary>What one variable adds to a subject's linear predictor.</summary>
/// <param name="Variable">Name of the variable.</param>
/// <param name="Value">Value of the subject as text, level or number.</param>
/// <param name="Contribution">Mean over the ensemble, on the linear scale.</param>
/// <param name="StandardDeviation">Spread over the ensemble.</param>
public sealed record VariableContribution(string Variable, string Value, double Contribution, double StandardDeviation);
