using System.CommandLine;
using System.Globalization;
using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Scenarios.Serving;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin serve SCENARIO</c>: keeps the study's twins answering on loopback until Ctrl-C.</summary>
internal static class ServeCommand
{
    /// <param name="source">Reads the study out of the scenario.</param>
    public static Command Create(IStudySource source)
    {
        var scenario = new Argument<FileInfo>("scenario") { Description = "The scenario file." };
        var state = new Option<DirectoryInfo?>("--state")
        {
            Description = "Folder that keeps the twins between runs; by default runs/twins/STUDY. It holds subjects' data.",
        };
        var port = TwinCommand.PortOption();
        var command = new Command("serve", "Keep the study's twins answering on 127.0.0.1 until Ctrl-C. A restart keeps every twin.") { scenario, state, port };
        command.SetAction((parsed, cancellation) =>
        {
            var (output, error) = (parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            return ServiceErrors.Guard(error, async () =>
            {
                var study = await source.ReadAsync(parsed.GetRequiredValue(scenario), cancellation);
                var folder = parsed.GetValue(state)?.FullName ?? Path.Combine("runs", "twins", study.Id.Value);
                await Serve(study, folder, parsed.GetValue(port), output, cancellation);
            });
        });
        return command;
    }

    private static async Task Serve(ServedStudy study, string folder, int port, TextWriter output, CancellationToken cancellation)
    {
        try
        {
            foreach (var note in study.Notes)
            {
                await output.WriteLineAsync(TerminalText.Clean($"Study {study.Id}: {note}"));
            }

            await output.WriteLineAsync($"Study {study.Id}: starting {study.Subjects.Count} twins, state in {folder}.");
            await using var server = await StudyServer.StartAsync(study, folder, port, new PrintedProgress(output), cancellation);
            await output.WriteLineAsync(
                $"Study {study.Id}: {study.Subjects.Count} twins answer at 127.0.0.1:{server.Port} with model {server.Model.Hash[..12]}. Ctrl-C stops.");
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await output.WriteLineAsync($"Study {study.Id}: stopped; the twins are kept in {folder}.");
        }
    }

    /// <summary>Prints a training's progress by tenths, on the thread that reports it.</summary>
    private sealed class PrintedProgress(TextWriter output) : IProgress<double>
    {
        private int _tenths = -1;

        public void Report(double value)
        {
            var tenths = (int)(value * 10);
            if (_tenths < 0 && value >= 1)
            {
                _tenths = tenths;
                output.WriteLine("Training: none; the state holds the model.");
            }
            else if (tenths > _tenths)
            {
                _tenths = tenths;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Training: {tenths * 10} %"));
            }
        }
    }
}
