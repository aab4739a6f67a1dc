using DigitalTwin.Scenarios.Output.Adam;
using DigitalTwin.Scenarios.Reports;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Output;

/// <summary>Writes everything a run leaves behind into its folder, run.json last.</summary>
public static class RunOutputWriter
{
    /// <summary>Name of the result file.</summary>
    public const string ResultsFileName = "results.json";

    /// <summary>Name of the report.</summary>
    public const string ReportFileName = "report.html";

    /// <param name="folder">Open folder of the run; the caller completes it.</param>
    /// <param name="result">What the run found.</param>
    /// <param name="adam">Subject-level data sets.</param>
    /// <param name="command">Words of the command line that repeat the run.</param>
    /// <param name="parameters">Parameters beside the scenario; seed and device are added.</param>
    /// <param name="cancellation">Checked between files.</param>
    /// <returns>The manifest written.</returns>
    public static async Task<RunManifest> WriteAsync(
        RunFolder folder,
        RunResult result,
        AdamDatasets adam,
        IReadOnlyList<string> command,
        IReadOnlyList<RunParameter> parameters,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(adam);
        var outputs = new List<RunOutput>();
        Add(ResultsFileName, ResultsJsonWriter.Write(result), Sha256Text.Of(ResultsJsonWriter.WriteComparable(result)));
        Add(ReportFileName, HtmlReportWriter.Write(result));
        foreach (var dataset in adam.All)
        {
            Add($"adam/{dataset.Name}.csv", AdamCsvWriter.Write(dataset));
            Add($"adam/{dataset.Name}.parquet", await AdamParquetWriter.WriteAsync(dataset, cancellation).ConfigureAwait(false));
        }

        var manifest = new RunManifest(
            result.Engine.Version,
            result.Scenario,
            command,
            result.Inputs,
            [.. parameters.Append(new("seed", $"{result.Engine.Seed}")).Append(new("device", result.Engine.Device)).OrderBy(p => p.Name, StringComparer.Ordinal)],
            [.. outputs.OrderBy(o => o.Path, StringComparer.Ordinal)]);
        cancellation.ThrowIfCancellationRequested();
        folder.Write(RunManifest.FileName, RunManifestWriter.Write(manifest));
        return manifest;

        void Add(string path, byte[] bytes, string? comparableSha256 = null)
        {
            cancellation.ThrowIfCancellationRequested();
            folder.Write(path, bytes);
            var sha256 = Sha256Text.Of(bytes);
            outputs.Add(new RunOutput(path, bytes.Length, sha256, comparableSha256 ?? sha256));
        }
    }
}
