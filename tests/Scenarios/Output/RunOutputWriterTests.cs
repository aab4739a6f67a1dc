using System.Text.Json;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Scenarios.Output.Adam;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Tests.Scenarios.Output.Adam;
using DigitalTwin.Tests.Scenarios.Results;

namespace DigitalTwin.Tests.Scenarios.Output;

public sealed class RunOutputWriterTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("run-output-").FullName;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public async Task Property_RunJsonHoldsTheHashOfEveryOtherFile()
    {
        var folder = await RunAsync("a", SampleRun.Create());
        using var json = JsonDocument.Parse(await File.ReadAllBytesAsync(Path.Combine(folder, "run.json"), TestContext.Current.CancellationToken));
        var listed = json.RootElement.GetProperty("outputs").EnumerateArray().ToDictionary(o => o.GetProperty("path").GetString()!, o => o.GetProperty("sha256").GetString());

        var files = Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(folder, f).Replace('\\', '/')).Where(f => f != "run.json").ToArray();
        Assert.Equal(files.Order(StringComparer.Ordinal), listed.Keys);
        Assert.Equal(["adam/ADSL.csv", "adam/ADSL.parquet", "adam/ADTTE.csv", "adam/ADTTE.parquet", "report.html", "results.json"], listed.Keys);
        Assert.All(files, f => Assert.Equal(Sha256Text.Of(File.ReadAllBytes(Path.Combine(folder, f))), listed[f]));
    }

    [Fact]
    public async Task Property_ARepeatedRunGivesTheSameChainAndFiles_ButForTheEnvironment()
    {
        var first = await RunAsync("a", SampleRun.Create());
        var second = await RunAsync("b", SampleRun.Create() with { Environment = new RunEnvironment(DateTimeOffset.UnixEpoch, 1, "x", "y", []) });

        Assert.Equal(Chain(first), Chain(second));
        foreach (var file in new[] { "report.html", "adam/ADSL.parquet", "adam/ADTTE.csv" })
        {
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(first, file), TestContext.Current.CancellationToken), await File.ReadAllBytesAsync(Path.Combine(second, file), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Error_CancellationLeavesNothing()
    {
        await Assert.ThrowsAsync<OperationCanceledException>(async () =>
        {
            using var folder = RunFolder.Open(Path.Combine(_parent, "c"), force: false);
            await RunOutputWriter.WriteAsync(folder, SampleRun.Create(), AdamBuilder.Build(SampleAdam.Study()), [], [], new CancellationToken(canceled: true));
            folder.Complete();
        });

        Assert.Empty(Directory.GetFileSystemEntries(_parent));
    }

    private async Task<string> RunAsync(string name, RunResult result)
    {
        using var folder = RunFolder.Open(Path.Combine(_parent, name), force: false);
        await RunOutputWriter.WriteAsync(folder, result, AdamBuilder.Build(SampleAdam.Study()), ["run", "gbsg.yaml"], [], TestContext.Current.CancellationToken);
        folder.Complete();
        return folder.Path;
    }

    private static string? Chain(string folder)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "run.json")));
        return json.RootElement.GetProperty("chain").GetProperty("outputs").GetString();
    }
}
