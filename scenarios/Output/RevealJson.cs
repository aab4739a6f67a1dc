using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output;

/// <summary>The <c>reveal</c> part.</summary>
internal static class RevealJson
{
    public static void Write(ResultsJsonSink sink, RevealResult reveal, Func<SummaryMeasure, string> unitOf)
    {
        sink.Text("label", reveal.Label);
        sink.Text("description", reveal.Description);
        sink.Count("subjectCount", reveal.SubjectCount);
        sink.Count("eventCount", reveal.EventCount);
        sink.Rows("truths", reveal.Truths, truth => EstimateJson.WriteFigures(sink, truth, unitOf(truth.Measure)));
        sink.Rows("comparisons", reveal.Comparisons, comparison =>
        {
            sink.Text("estimate", comparison.EstimateId);
            sink.Number("truth", comparison.Truth);
            sink.Number("difference", comparison.Difference);
            sink.Flag("intervalCovers", comparison.IntervalCovers);
        });
        sink.Object("curve", reveal.Curve, curve => CurveJson.Write(sink, curve));
    }
}
