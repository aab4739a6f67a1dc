using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>The <c>simulatedTrial</c> part.</summary>
internal static class SimulatedTrialJson
{
    public static void Write(ResultsJsonSink sink, SimulatedTrialResult trial)
    {
        sink.Count("replicateCount", trial.ReplicateCount);
        sink.Count("failedCount", trial.FailedCount);
        sink.Text("measure", ResultNames.Of(trial.Measure));
        sink.Time("time", trial.Time);
        sink.Text("description", trial.Description);
        sink.Number("mean", trial.Mean);
        sink.Number("standardDeviation", trial.StandardDeviation);
        sink.Rows("quantiles", trial.Quantiles, q => ControlArmJson.WriteQuantile(sink, q));
        sink.Object("histogram", trial.Histogram, histogram => ControlArmJson.WriteHistogram(sink, histogram));
        sink.Object("success", () =>
        {
            sink.Text("criterion", trial.SuccessText);
            sink.Number("threshold", trial.SuccessThreshold);
            sink.Number("probability", trial.SuccessProbability);
            sink.Number("monteCarloError", trial.SuccessMonteCarloError);
        });
    }
}
