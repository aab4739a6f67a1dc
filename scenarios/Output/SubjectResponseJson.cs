using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>The <c>subjectResponse</c> part.</summary>
internal static class SubjectResponseJson
{
    public static void Write(ResultsJsonSink sink, SubjectResponseResult response)
    {
        sink.Text("quantity", response.Quantity);
        sink.Text("unit", response.Unit);
        sink.Time("time", response.Time);
        sink.Flag("higherIsBetter", response.HigherIsBetter);
        sink.Number("level", response.Level);
        sink.Object("counts", () =>
        {
            sink.Count("likelyBenefit", response.Count(ResponseClass.LikelyBenefit));
            sink.Count("unclear", response.Count(ResponseClass.Unclear));
            sink.Count("likelyHarm", response.Count(ResponseClass.LikelyHarm));
        });
        sink.Rows("subjects", response.Subjects, subject =>
        {
            sink.Text("subject", subject.Subject.Value);
            sink.Number("underTreatment", subject.UnderTreatment);
            sink.Number("underControl", subject.UnderControl);
            sink.Number("difference", subject.Difference);
            sink.Number("lower", subject.Lower);
            sink.Number("upper", subject.Upper);
            sink.Number("probabilityOfBenefit", subject.ProbabilityOfBenefit);
            sink.Text("class", ResultNames.Of(subject.Class));
        });
    }
}
