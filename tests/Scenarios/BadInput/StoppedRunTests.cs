using System.Diagnostics;
using System.Globalization;
using DigitalTwin.Tests.Scenarios.Study;

namespace DigitalTwin.Tests.Scenarios.BadInput;

/// <summary>Ctrl-C and a request to terminate, sent to a real process at several moments of the main job.</summary>
public sealed class StoppedRunTests
{
    [Theory]
    [InlineData("INT", 130, "")]
    [InlineData("INT", 130, "Reading")]
    [InlineData("TERM", 143, "Reading")]
    public async Task A_stopped_run_leaves_nothing_behind(string signal, int exitCode, string afterLine)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() || OperatingSystem.IsMacOS(), "Signals are sent with kill.");
        var parent = Directory.CreateTempSubdirectory("digitaltwin-stop-").FullName;
        try
        {
            using var run = Start(["run", ScenarioRun.Shipped("gbsg-hormone-therapy.yaml"), "--out", Path.Combine(parent, "out"), "--threads", "1"]);
            await Reached(run, parent, afterLine);
            using var kill = Process.Start("kill", ["-s", signal, run.Id.ToString(CultureInfo.InvariantCulture)]);
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
            await run.WaitForExitAsync(TestContext.Current.CancellationToken);

            Assert.Equal(exitCode, run.ExitCode);
            Assert.Equal("Stopped; nothing was written.", (await run.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)).Trim());
            Assert.Empty(Directory.EnumerateFileSystemEntries(parent));
        }
        finally
        {
            Directory.Delete(parent, recursive: true);
        }
    }

    /// <summary>Waits for the folder of partial outputs, and then for a line of progress when one is named.</summary>
    private static async Task Reached(Process run, string parent, string line)
    {
        while (!Directory.EnumerateFileSystemEntries(parent).Any())
        {
            Assert.False(run.HasExited);
            await Task.Delay(TimeSpan.FromMilliseconds(5), TestContext.Current.CancellationToken);
        }

        while (line.Length > 0)
        {
            var read = await run.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
            Assert.NotNull(read);
            if (read.StartsWith(line, StringComparison.Ordinal))
            {
                return;
            }
        }
    }

    private static Process Start(string[] arguments)
    {
        string[] program = ["dotnet", Path.Combine(AppContext.BaseDirectory, "digitaltwin.dll"), .. arguments];

        // Whoever runs the tests in the background has them, and all they start, ignore Ctrl-C.
        string[] command = OperatingSystem.IsLinux() ? ["env", "--default-signal=INT", .. program] : program;
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }
}
