using DigitalTwin.Models;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>The <c>twinModel</c> part.</summary>
internal static class TwinModelJson
{
    public static void Write(ResultsJsonSink sink, TwinModelResult model)
    {
        sink.Text("name", model.Name);
        sink.Text("description", model.Description);
        sink.Text("sha256", model.Sha256);
        sink.Count("trainingCount", model.TrainingCount);
        sink.Count("memberCount", model.MemberCount);
        sink.Count("foldCount", model.FoldCount);
        sink.Texts("covariates", model.Covariates);
        sink.Rows("validation", model.Validation, validation => WriteValidation(sink, validation));
        sink.Texts("citations", model.Citations);
    }

    private static void WriteValidation(ResultsJsonSink sink, TwinArmValidation validation)
    {
        sink.Text("arm", validation.Arm.Value);
        sink.Count("subjectCount", validation.SubjectCount);
        sink.Count("eventCount", validation.EventCount);
        sink.Number("discrimination", validation.Discrimination);
        sink.Number("discriminationStandardError", validation.DiscriminationStandardError);
        sink.Number("calibrationSlope", validation.CalibrationSlope);
        sink.Number("calibrationSlopeStandardError", validation.CalibrationSlopeStandardError);
        sink.Number("calibrationIntercept", validation.CalibrationIntercept);
        sink.Number("calibrationInterceptStandardError", validation.CalibrationInterceptStandardError);
        sink.Rows("atTimes", validation.AtTimes, at =>
        {
            sink.Time("time", at.Time);
            sink.Number("auc", at.Auc);
            sink.Number("brier", at.Brier);
            sink.Number("brierReference", at.BrierReference);
        });
        sink.Number("rSquared", validation.RSquared);
        sink.Rows("calibrationCurve", validation.CalibrationCurve, point =>
        {
            sink.Number("predicted", point.Predicted);
            sink.Number("observed", point.Observed);
            sink.Number("lower", point.Lower);
            sink.Number("upper", point.Upper);
            sink.Count("subjectCount", point.SubjectCount);
        });
    }
}
