using System.Globalization;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>The parts of results.json that say what was run, on what, and for which question.</summary>
internal static class RunJson
{
    public static void Write(ResultsJsonSink sink, RunResult result)
    {
        WriteIdentity(sink, result);
        sink.Rows("inputs", result.Inputs, input => WriteInput(sink, input));
        sink.Rows("variables", result.Variables, variable =>
        {
            sink.Text("name", variable.Name);
            sink.Text("label", variable.Label);
            sink.Text("unit", variable.Unit);
        });
        sink.Rows("arms", result.Arms, arm => WriteArm(sink, arm));
        sink.Rows("populations", result.Populations, population => WritePopulation(sink, population));
        sink.Object("endpoint", result.Endpoint, endpoint => WriteEndpoint(sink, endpoint));
        sink.Object("estimand", result.Estimand, estimand => WriteEstimand(sink, estimand));
    }

    public static void WriteEnvironment(ResultsJsonSink sink, RunEnvironment environment)
    {
        sink.Text("startedUtc", environment.StartedUtc.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
        sink.Count("threads", environment.Threads);
        sink.Text("operatingSystem", environment.OperatingSystem);
        sink.Text("runtime", environment.Runtime);
        sink.Rows("steps", environment.Timings, timing =>
        {
            sink.Text("step", timing.Step);
            sink.Number("value", timing.Seconds);
            sink.Text("unit", "s");
        });
    }

    private static void WriteIdentity(ResultsJsonSink sink, RunResult result)
    {
        sink.Object("scenario", () =>
        {
            sink.Text("title", result.Scenario.Title);
            sink.Text("file", result.Scenario.FileName);
            sink.Text("sha256", result.Scenario.Sha256);
        });
        sink.Object("engine", () =>
        {
            sink.Text("version", result.Engine.Version);
            sink.Seed("seed", result.Engine.Seed);
            sink.Text("device", result.Engine.Device);
        });
    }

    private static void WriteInput(ResultsJsonSink sink, InputResult input)
    {
        sink.Text("cohort", input.Cohort.Value);
        sink.Text("title", input.Title);
        sink.Text("provenance", input.Provenance);
        sink.Text("licence", input.Licence);
        sink.Text("manifestSha256", input.ManifestSha256);
        sink.Rows("tables", input.Tables, table =>
        {
            sink.Text("name", table.Name);
            sink.Count("rowCount", table.RowCount);
            sink.Text("sha256", table.Sha256);
        });
    }

    private static void WriteArm(ResultsJsonSink sink, ArmResult arm)
    {
        sink.Text("id", arm.Id.Value);
        sink.Text("label", arm.Label);
        sink.Text("role", ResultNames.Of(arm.Role));
        sink.Text("cohort", arm.Cohort.Value);
        sink.Count("subjectCount", arm.SubjectCount);
        sink.Count("eventCount", arm.EventCount);
        sink.Time("medianFollowUp", arm.MedianFollowUp);
    }

    private static void WritePopulation(ResultsJsonSink sink, PopulationFlow population)
    {
        sink.Text("name", population.Name);
        sink.Text("arm", population.Arm.Value);
        sink.Text("cohort", population.Cohort.Value);
        sink.Count("startCount", population.StartCount);
        sink.Rows("flow", population.Steps, step =>
        {
            sink.Text("reason", step.Reason);
            sink.Count("excluded", step.Excluded);
            sink.Count("remaining", step.Remaining);
        });
        sink.Count("finalCount", population.FinalCount);
    }

    private static void WriteEndpoint(ResultsJsonSink sink, EndpointResult endpoint)
    {
        sink.Text("name", endpoint.Name);
        sink.Text("label", endpoint.Label);
        sink.Text("kind", ResultNames.Of(endpoint.Kind));
        sink.Text("event", endpoint.Event);
        sink.Time("horizon", endpoint.Horizon);
        sink.Text("displayUnit", ResultNames.Of(endpoint.DisplayUnit));
        sink.Text("unit", endpoint.Unit);
        sink.Flag("higherIsBetter", endpoint.HigherIsBetter);
    }

    private static void WriteEstimand(ResultsJsonSink sink, EstimandResult estimand)
    {
        sink.Text("population", ResultNames.Of(estimand.Population));
        sink.Text("populationText", estimand.PopulationText);
        sink.Text("treatment", estimand.Treatment);
        sink.Text("comparator", estimand.Comparator);
        sink.Text("variable", estimand.Variable);
        sink.Text("summary", estimand.Summary);
        sink.Rows("intercurrentEvents", estimand.IntercurrentEvents, e =>
        {
            sink.Text("event", e.Event);
            sink.Text("handling", e.Handling);
        });
    }
}
