using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>One twin under several arms.</summary>
/// <param name="Forecasts">One an arm, in the order asked for.</param>
/// <param name="Contrasts">Each other arm against the first.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TwinComparison")]
public sealed record TwinComparison([property: Id(0)] TwinForecast[] Forecasts, [property: Id(1)] ArmContrast[] Contrasts)
{
    /// <summary>Most arms one comparison may name.</summary>
    public const int MaximumArms = 16;
}

/// <summary>What is compared between two arms.</summary>
[GenerateSerializer]
[Alias("dt.ContrastMeasure")]
public enum ContrastMeasure
{
    /// <summary>Difference of the survival probability at the horizon.</summary>
    SurvivalDifference,

    /// <summary>Difference of the restricted mean survival time up to the horizon, in days.</summary>
    RmstDifference,

    /// <summary>Difference of the probability of the outcome.</summary>
    RiskDifference,

    /// <summary>Difference of the mean outcome, in the endpoint's unit.</summary>
    MeanDifference,
}

/// <summary>Difference between two arms for one subject. The band is the ensemble's doubt, not the subject's own variability.</summary>
/// <param name="Arm">The arm.</param>
/// <param name="Reference">The arm it is compared with.</param>
/// <param name="Measure">What is compared.</param>
/// <param name="Value">Arm minus reference.</param>
/// <param name="Band">2.5 % and 97.5 % quantiles over the ensemble.</param>
/// <param name="Unit">UCUM code; <c>1</c> for a probability.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ArmContrast")]
public sealed record ArmContrast(
    [property: Id(0)] ArmId Arm,
    [property: Id(1)] ArmId Reference,
    [property: Id(2)] ContrastMeasure Measure,
    [property: Id(3)] double Value,
    [property: Id(4)] EnsembleBand Band,
    [property: Id(5)] string Unit);
