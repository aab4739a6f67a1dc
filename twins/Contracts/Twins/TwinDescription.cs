using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>What a twin knows of its subject.</summary>
/// <param name="Study">Study of the subject.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Arm">Arm the subject was in.</param>
/// <param name="Covariates">One row a column of the plan.</param>
/// <param name="Outcome">Outcome seen, or null.</param>
/// <param name="ModelHash">Model it forecasts with, or null before training.</param>
/// <param name="Layers">One row an omics layer of the plan.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TwinDescription")]
public sealed record TwinDescription(
    [property: Id(0)] StudyId Study,
    [property: Id(1)] SubjectId Subject,
    [property: Id(2)] ArmId Arm,
    [property: Id(3)] CovariateValue[] Covariates,
    [property: Id(4)] ObservedOutcome? Outcome,
    [property: Id(5)] string? ModelHash,
    [property: Id(6)] LayerCoverage[] Layers);

/// <param name="Layer">Name of the layer.</param>
/// <param name="KnownCount">Features the subject has a value of.</param>
/// <param name="FeatureCount">Features of the layer.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.LayerCoverage")]
public sealed record LayerCoverage([property: Id(0)] string Layer, [property: Id(1)] int KnownCount, [property: Id(2)] int FeatureCount);

/// <param name="Column">What the value stands for.</param>
/// <param name="Value">The value, in the column's unit; 0 or 1 for an indicator.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.CovariateValue")]
public sealed record CovariateValue([property: Id(0)] CovariateColumn Column, [property: Id(1)] double Value);

/// <summary>Why a twin forecasts what it does under one arm.</summary>
/// <param name="Study">Study of the subject.</param>
/// <param name="Subject">The subject.</param>
/// <param name="Arm">Arm explained.</param>
/// <param name="ModelHash">Model explained.</param>
/// <param name="Contributions">Largest absolute contribution first; they sum to the linear predictor.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.TwinExplanation")]
public sealed record TwinExplanation(
    [property: Id(0)] StudyId Study,
    [property: Id(1)] SubjectId Subject,
    [property: Id(2)] ArmId Arm,
    [property: Id(3)] string ModelHash,
    [property: Id(4)] Contribution[] Contributions);

/// <param name="Variable">Name of the variable.</param>
/// <param name="Value">Value of the subject as text.</param>
/// <param name="Amount">Mean over the ensemble, on the model's linear scale, relative to the average training subject.</param>
/// <param name="StandardDeviation">Spread over the ensemble.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.Contribution")]
public sealed record Contribution(
    [property: Id(0)] string Variable,
    [property: Id(1)] string Value,
    [property: Id(2)] double Amount,
    [property: Id(3)] double StandardDeviation);
