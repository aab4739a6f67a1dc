namespace DigitalTwin.Scenarios.Output;

/// <summary>Writes run.json.</summary>
public static class RunManifestWriter
{
    public static byte[] Write(RunManifest manifest)
    {
        ArgumentNullException.ThrowIfNull(manifest);
        using var sink = new ResultsJsonSink();
        sink.Root(() =>
        {
            sink.Text("schema", RunManifest.Schema);
            sink.Text("engineVersion", manifest.EngineVersion);
            sink.Texts("command", manifest.Command);
            WriteInputs(sink, manifest);
            sink.Rows("outputs", manifest.Outputs, output =>
            {
                sink.Text("path", output.Path);
                sink.Count("byteCount", output.ByteCount);
                sink.Text("sha256", output.Sha256);
                sink.Text("comparableSha256", output.ComparableSha256);
            });
            sink.Object("chain", manifest.Chain(), chain =>
            {
                sink.Text("scenario", chain.Scenario);
                sink.Text("inputs", chain.Inputs);
                sink.Text("parameters", chain.Parameters);
                sink.Text("outputs", chain.Outputs);
            });
        });
        return sink.ToBytes();
    }

    private static void WriteInputs(ResultsJsonSink sink, RunManifest manifest)
    {
        sink.Object("scenario", () =>
        {
            sink.Text("file", manifest.Scenario.FileName);
            sink.Text("sha256", manifest.Scenario.Sha256);
        });
        sink.Rows("inputs", manifest.Inputs, input =>
        {
            sink.Text("cohort", input.Cohort.Value);
            sink.Text("manifestSha256", input.ManifestSha256);
            sink.Rows("tables", input.Tables, table =>
            {
                sink.Text("name", table.Name);
                sink.Count("rowCount", table.RowCount);
                sink.Text("sha256", table.Sha256);
            });
        });
        sink.Rows("parameters", manifest.Parameters, parameter =>
        {
            sink.Text("name", parameter.Name);
            sink.Text("value", parameter.Value);
        });
    }
}
