using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>What one twin expects under one arm.</summary>
/// <param name="Study">Study of the subject.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Arm">Arm the forecast is for, whether or not the subject was in it.</param>
/// <param name="Horizon">End of the forecast.</param>
/// <param name="ModelHash">SHA-256 (hex) of the model that made it.</param>
/// <param name="MemberCount">Ensemble members used; for a subject of the training data, those that did not see it.</param>
/// <param name="Outcome">The forecast, by kind of endpoint.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TwinForecast")]
public sealed record TwinForecast(
    [property: Id(0)] StudyId Study,
    [property: Id(1)] SubjectId Subject,
    [property: Id(2)] ArmId Arm,
    [property: Id(3)] Duration Horizon,
    [property: Id(4)] string ModelHash,
    [property: Id(5)] int MemberCount,
    [property: Id(6)] ForecastOutcome Outcome);

/// <summary>A forecast by kind of endpoint, with its spread over the ensemble.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.ForecastOutcome")]
public abstract record ForecastOutcome;

/// <summary>Survival on a grid of times.</summary>
/// <param name="GridDays">Shape [times], days, ascending from 0.</param>
/// <param name="Survival">Shape [times], mean over the ensemble.</param>
/// <param name="Lower">Shape [times], 2.5 % quantile over the ensemble; empty unless a band was asked for.</param>
/// <param name="Upper">Shape [times], 97.5 % quantile; empty unless a band was asked for.</param>
/// <param name="Members">Shape [members][times]; empty unless members were asked for.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.SurvivalForecastOutcome")]
public sealed record SurvivalForecastOutcome(
    [property: Id(0)] double[] GridDays,
    [property: Id(1)] double[] Survival,
    [property: Id(2)] double[] Lower,
    [property: Id(3)] double[] Upper,
    [property: Id(4)] double[][] Members) : ForecastOutcome;

/// <summary>Probability that a binary outcome occurs.</summary>
/// <param name="Probability">Mean over the ensemble.</param>
/// <param name="Band">Spread over the ensemble; null unless asked for.</param>
/// <param name="Members">Shape [members]; empty unless asked for.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.BinaryForecastOutcome")]
public sealed record BinaryForecastOutcome(
    [property: Id(0)] double Probability,
    [property: Id(1)] EnsembleBand? Band,
    [property: Id(2)] double[] Members) : ForecastOutcome;

/// <summary>Normal distribution of a continuous outcome.</summary>
/// <param name="Mean">Mean over the ensemble, in <see cref="Unit"/>.</param>
/// <param name="ResidualStandardDeviation">Spread of one subject around its mean, in <see cref="Unit"/>.</param>
/// <param name="Unit">UCUM code.</param>
/// <param name="Band">Spread of the mean over the ensemble; null unless asked for.</param>
/// <param name="Members">Shape [members]; empty unless asked for.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ContinuousForecastOutcome")]
public sealed record ContinuousForecastOutcome(
    [property: Id(0)] double Mean,
    [property: Id(1)] double ResidualStandardDeviation,
    [property: Id(2)] string Unit,
    [property: Id(3)] EnsembleBand? Band,
    [property: Id(4)] double[] Members) : ForecastOutcome;

/// <summary>2.5 % and 97.5 % quantiles over the ensemble.</summary>
[GenerateSerializer]
[Immutable]
[Alias("dt.EnsembleBand")]
public sealed record EnsembleBand([property: Id(0)] double Lower, [property: Id(1)] double Upper);
