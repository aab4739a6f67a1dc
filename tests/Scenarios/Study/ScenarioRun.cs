using System.Text.Json;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.House;
using Spectre.Console;

namespace DigitalTwin.Tests.Scenarios.Study;

/// <summary>Runs a scenario as the command line does, into a folder of its own that is removed at the end.</summary>
internal sealed class ScenarioRun : IDisposable
{
    private ScenarioRun(int exitCode, string folder, string output, string error)
    {
        ExitCode = exitCode;
        Folder = folder;
        Output = output;
        Error = error;
    }

    public int ExitCode { get; }

    public string Folder { get; }

    public string Output { get; }

    public string Error { get; }

    public static string Shipped(string name) => Path.Combine(RepositoryRoot.Path, "scenarios", name);

    public static async Task<ScenarioRun> Of(string file, int threads = 2, ulong? seed = null, string device = "auto")
    {
        var folder = Path.Combine(Path.GetTempPath(), $"digitaltwin-run-{Guid.NewGuid():N}");
        var console = new StringWriter();
        var error = new StringWriter();
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(console), Interactive = InteractionSupport.No });
        var code = await RunCommand.RunAsync(
            new RunRequest(file, folder, seed, threads, device, Force: false), terminal, error, TestContext.Current.CancellationToken);
        return new ScenarioRun(code, folder, console.ToString(), error.ToString());
    }

    public JsonElement Results()
    {
        Assert.True(ExitCode == 0, Error);
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "results.json")));
        return document.RootElement.Clone();
    }

    /// <summary>Hash of everything that must repeat, as run.json states it.</summary>
    public string ChainHash()
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Folder, "run.json")));
        return document.RootElement.GetProperty("chain").GetProperty("outputs").GetString()!;
    }

    public void Dispose()
    {
        if (Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
