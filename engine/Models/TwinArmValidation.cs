using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models;

/// <summary>Out-of-fold performance of a twin model on the subjects of one arm.</summary>
/// <param name="Arm">The arm whose forecasts were checked against its own subjects.</param>
/// <param name="SubjectCount">Subjects scored, each by members that did not see it.</param>
/// <param name="EventCount">Events among them (survival and binary endpoints), else 0.</param>
/// <param name="Discrimination">Concordance (survival) or AUC (binary); null for continuous endpoints.</param>
/// <param name="DiscriminationStandardError">Its standard error, or null.</param>
/// <param name="CalibrationSlope">1 is ideal; below 1 the forecasts are too extreme.</param>
/// <param name="CalibrationSlopeStandardError">Standard error of the slope.</param>
/// <param name="CalibrationIntercept">0 is ideal; log hazard ratio or log odds of observed against predicted, or the endpoint's unit.</param>
/// <param name="CalibrationInterceptStandardError">Standard error of the intercept.</param>
/// <param name="AtTimes">Time-dependent AUC and Brier score; empty unless survival (binary: one row without time).</param>
/// <param name="RSquared">Out-of-fold R squared; continuous endpoints only.</param>
/// <param name="CalibrationCurve">Predicted against observed by groups of predicted risk, at the horizon.</param>
public sealed record TwinArmValidation(
    ArmId Arm,
    int SubjectCount,
    int EventCount,
    double? Discrimination,
    double? DiscriminationStandardError,
    double CalibrationSlope,
    double CalibrationSlopeStandardError,
    double CalibrationIntercept,
    double CalibrationInterceptStandardError,
    IReadOnlyList<ValidationAtTime> AtTimes,
    double? RSquared,
    IReadOnlyList<CalibrationPoint> CalibrationCurve);

/// <param name="Time">Time of the assessment, or null.</param>
/// <param name="Auc">Cumulative/dynamic AUC, weighted for censoring.</param>
/// <param name="Brier">Brier score, weighted for censoring.</param>
/// <param name="BrierReference">Brier score of the covariate-free forecast.</param>
public sealed record ValidationAtTime(Duration? Time, double Auc, double Brier, double BrierReference);

/// <param name="Predicted">Mean predicted risk (or value) in the group.</param>
/// <param name="Observed">Observed risk (Kaplan-Meier) or mean.</param>
/// <param name="Lower">95 % limit.</param>
/// <param name="Upper">95 % limit.</param>
/// <param name="SubjectCount">Subjects in the group.</param>
public sealed record CalibrationPoint(double Predicted, double Observed, double Lower, double Upper, int SubjectCount);
