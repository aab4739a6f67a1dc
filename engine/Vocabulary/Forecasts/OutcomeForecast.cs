namespace DigitalTwin.Vocabulary;

/// <summary>What a twin expects of one subject under one arm, with the spread over the ensemble.</summary>
public abstract record OutcomeForecast;

/// <summary>Survival forecast on a grid of times.</summary>
/// <param name="GridDays">Shape [times], days, ascending, starting at 0.</param>
/// <param name="Survival">Shape [times]; mean over the ensemble; starts at 1 and never rises.</param>
/// <param name="Members">Shape [members][times]; one curve an ensemble member.</param>
public sealed record SurvivalForecast(double[] GridDays, double[] Survival, double[][] Members) : OutcomeForecast;

/// <summary>Probability that a binary outcome occurs.</summary>
/// <param name="Probability">Mean over the ensemble.</param>
/// <param name="Members">Shape [members].</param>
public sealed record BinaryForecast(double Probability, double[] Members) : OutcomeForecast;

/// <summary>Normal outcome distribution.</summary>
/// <param name="Mean">Mean over the ensemble, in the endpoint's unit.</param>
/// <param name="ResidualStandardDeviation">Spread of one subject around its mean.</param>
/// <param name="Members">Shape [members]; mean by ensemble member.</param>
public sealed record ContinuousForecast(double Mean, double ResidualStandardDeviation, double[] Members) : OutcomeForecast;
