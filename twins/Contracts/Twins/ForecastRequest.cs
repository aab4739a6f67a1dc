using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>What a forecast carries besides its mean.</summary>
[Flags]
[GenerateSerializer]
[Alias("dt.ForecastDetail")]
public enum ForecastDetail
{
    /// <summary>The mean only.</summary>
    None = 0,

    /// <summary>A 95 % band over the ensemble.</summary>
    Band = 1,

    /// <summary>The forecast of every ensemble member.</summary>
    Members = 2,
}

/// <summary>Asks a twin what it expects under one arm.</summary>
/// <param name="Arm">An arm the model can forecast under.</param>
/// <param name="Horizon">End of the forecast, positive and not past the study's horizon; null means the study's horizon.</param>
/// <param name="Detail">What to send besides the mean.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ForecastRequest")]
public sealed record ForecastRequest(
    [property: Id(0)] ArmId Arm,
    [property: Id(1)] Duration? Horizon = null,
    [property: Id(2)] ForecastDetail Detail = ForecastDetail.Band);
