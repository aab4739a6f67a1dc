using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Output;

/// <summary>Writes results.json. Every name is written out here or in a part beside it, so that the format changes only on purpose;
/// docs/results.md explains each field.</summary>
/// <remarks>The bytes depend on the result alone: fixed key order, shortest numbers that read back the same, UTF-8, LF.</remarks>
public static class ResultsJsonWriter
{
    /// <summary>Code of the warning that a number could not be estimated and stands as null.</summary>
    public const string NotFiniteCode = "number-not-finite";

    /// <summary>The whole file, with threads, host and timings.</summary>
    public static byte[] Write(RunResult result) => Write(result, withEnvironment: true);

    /// <summary>The file without the part that may differ between two runs: equal runs give equal bytes.</summary>
    public static byte[] WriteComparable(RunResult result) => Write(result, withEnvironment: false);

    private static byte[] Write(RunResult result, bool withEnvironment)
    {
        ArgumentNullException.ThrowIfNull(result);
        using var sink = new ResultsJsonSink();
        sink.Root(() =>
        {
            sink.Text("schema", RunResult.Schema);
            RunJson.Write(sink, result);
            sink.Rows("controlArms", result.ControlArms, arm => ControlArmJson.Write(sink, arm));
            sink.Rows("estimates", result.Estimates, estimate => EstimateJson.Write(sink, estimate, UnitOf(result, estimate.Estimate.Measure)));
            sink.Rows("curves", result.Curves, curve => CurveJson.Write(sink, curve));
            sink.Object("twinModel", result.TwinModel, model => TwinModelJson.Write(sink, model));
            sink.Object("simulatedTrial", result.SimulatedTrial, trial => SimulatedTrialJson.Write(sink, trial));
            sink.Object("subjectResponse", result.SubjectResponse, response => SubjectResponseJson.Write(sink, response));
            sink.Object("reveal", result.Reveal, reveal => RevealJson.Write(sink, reveal, measure => UnitOf(result, measure)));
            WriteWarnings(sink, result.Warnings);
            if (withEnvironment)
            {
                sink.Object("timings", result.Environment, environment => RunJson.WriteEnvironment(sink, environment));
            }
        });
        return sink.ToBytes();
    }

    private static void WriteWarnings(ResultsJsonSink sink, IReadOnlyList<StudyWarning> warnings)
    {
        var notFinite = sink.NotFinite.Select(path => new StudyWarning(NotFiniteCode, $"{path} is not a finite number and stands as null."));
        sink.Rows("warnings", [.. warnings, .. notFinite], warning =>
        {
            sink.Text("code", warning.Code);
            sink.Text("message", warning.Message);
            sink.Text("method", warning.MethodId);
        });
    }

    private static string UnitOf(RunResult result, SummaryMeasure measure) => measure switch
    {
        SummaryMeasure.RmstDifference => "d",
        SummaryMeasure.MeanDifference => result.Endpoint.Unit,
        _ => "1",
    };
}
