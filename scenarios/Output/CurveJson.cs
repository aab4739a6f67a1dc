using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>One survival curve.</summary>
internal static class CurveJson
{
    public static void Write(ResultsJsonSink sink, SurvivalCurve curve)
    {
        sink.Text("id", curve.Id);
        sink.Text("label", curve.Label);
        sink.Text("kind", ResultNames.Of(curve.Kind));
        sink.Text("method", curve.MethodId);
        sink.Text("timeUnit", "d");
        sink.Numbers("times", curve.Days);
        sink.Numbers("survival", curve.Survival);
        sink.Numbers("lower", curve.Lower);
        sink.Numbers("upper", curve.Upper);
        sink.Number("level", curve.Level);
        sink.Rows("riskTable", curve.RiskTable, entry =>
        {
            sink.Number("time", entry.Day);
            sink.Number("atRisk", entry.AtRisk);
            sink.Number("events", entry.Events);
        });
    }
}
