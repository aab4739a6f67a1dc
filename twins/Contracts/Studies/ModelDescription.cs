using DigitalTwin.Vocabulary;

namespace DigitalTwin.Contracts;

/// <summary>The model a study's twins forecast with.</summary>
/// <param name="Kind">Short name of the kind of model.</param>
/// <param name="Hash">SHA-256 (hex) of its parameters.</param>
/// <param name="MemberCount">Members of the ensemble.</param>
/// <param name="Arms">Arms it can forecast under.</param>
/// <param name="Seed">Seed it was trained with.</param>
/// <param name="TrainingSubjectCount">Subjects it was trained on.</param>
/// <param name="Validation">How it did on subjects it had not seen, one row an arm.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ModelDescription")]
public sealed record ModelDescription(
    [property: Id(0)] string Kind,
    [property: Id(1)] string Hash,
    [property: Id(2)] int MemberCount,
    [property: Id(3)] ArmId[] Arms,
    [property: Id(4)] ulong Seed,
    [property: Id(5)] int TrainingSubjectCount,
    [property: Id(6)] ArmValidation[] Validation);

/// <summary>Out-of-fold performance of the model on the subjects of one arm.</summary>
/// <param name="Arm">The arm whose forecasts were checked against its own subjects.</param>
/// <param name="SubjectCount">Subjects scored.</param>
/// <param name="EventCount">Events among them; 0 for a continuous endpoint.</param>
/// <param name="Discrimination">Concordance (survival) or AUC (binary); null for a continuous endpoint.</param>
/// <param name="DiscriminationStandardError">Its standard error, or null.</param>
/// <param name="Calibration">Slope and intercept.</param>
/// <param name="AtTimes">Time-dependent AUC and Brier score.</param>
/// <param name="RSquared">Out-of-fold R squared; continuous endpoints only.</param>
/// <param name="CalibrationCurve">Predicted against observed by groups of predicted risk, at the horizon.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.ArmValidation")]
public sealed record ArmValidation(
    [property: Id(0)] ArmId Arm,
    [property: Id(1)] int SubjectCount,
    [property: Id(2)] int EventCount,
    [property: Id(3)] double? Discrimination,
    [property: Id(4)] double? DiscriminationStandardError,
    [property: Id(5)] CalibrationLine Calibration,
    [property: Id(6)] AccuracyAtTime[] AtTimes,
    [property: Id(7)] double? RSquared,
    [property: Id(8)] CalibrationGroup[] CalibrationCurve);

/// <param name="Slope">1 is ideal; below 1 the forecasts are too extreme.</param>
/// <param name="SlopeStandardError">Standard error of the slope.</param>
/// <param name="Intercept">0 is ideal.</param>
/// <param name="InterceptStandardError">Standard error of the intercept.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.CalibrationLine")]
public sealed record CalibrationLine(
    [property: Id(0)] double Slope,
    [property: Id(1)] double SlopeStandardError,
    [property: Id(2)] double Intercept,
    [property: Id(3)] double InterceptStandardError);

/// <param name="Time">Time of the assessment, or null.</param>
/// <param name="Auc">Cumulative/dynamic AUC, weighted for censoring.</param>
/// <param name="Brier">Brier score, weighted for censoring.</param>
/// <param name="BrierReference">Brier score of the covariate-free forecast.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.AccuracyAtTime")]
public sealed record AccuracyAtTime(
    [property: Id(0)] Duration? Time,
    [property: Id(1)] double Auc,
    [property: Id(2)] double Brier,
    [property: Id(3)] double BrierReference);

/// <param name="Predicted">Mean predicted risk (or value) in the group.</param>
/// <param name="Observed">Observed risk or mean.</param>
/// <param name="Lower">95 % limit.</param>
/// <param name="Upper">95 % limit.</param>
/// <param name="SubjectCount">Subjects in the group.</param>
[GenerateSerializer]
[Immutable]
[Alias("dt.CalibrationGroup")]
public sealed record CalibrationGroup(
    [property: Id(0)] double Predicted,
    [property: Id(1)] double Observed,
    [property: Id(2)] double Lower,
    [property: Id(3)] double Upper,
    [property: Id(4)] int SubjectCount);
