using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output;

/// <summary>One row of <c>estimates</c>, and the same figures of the revealed control arm.</summary>
internal static class EstimateJson
{
    public static void Write(ResultsJsonSink sink, EstimateResult estimate, string unit)
    {
        sink.Text("id", estimate.Id);
        sink.Text("method", estimate.Estimate.MethodId);
        sink.Flag("primary", estimate.Primary);
        sink.Text("population", ResultNames.Of(estimate.Population));
        WriteFigures(sink, estimate.Estimate, unit);
        sink.Object("eValue", estimate.EValue, e =>
        {
            sink.Number("point", e.Point);
            sink.Number("limit", e.Limit);
        });
    }

    public static void WriteFigures(ResultsJsonSink sink, EffectEstimate estimate, string unit)
    {
        sink.Text("measure", ResultNames.Of(estimate.Measure));
        sink.Time("time", estimate.Time);
        sink.Text("unit", unit);
        sink.Number("value", estimate.Value);
        sink.Number("standardError", estimate.StandardError);
        sink.Text("standardErrorScale", EffectEstimate.IsRatio(estimate.Measure) ? "log" : "natural");
        sink.Number("lower", estimate.Interval.Lower);
        sink.Number("upper", estimate.Interval.Upper);
        sink.Number("level", estimate.Interval.Level);
        sink.Text("intervalKind", estimate.Interval.Kind);
    }
}
