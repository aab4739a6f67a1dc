using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Scenarios.Serving;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Twins;

public sealed class ServeCommandTests
{
    [Fact]
    public async Task Property_ServedTwinsAnswerOnTheCommandLine_UntilStopped()
    {
        using var folder = new TemporaryFolder();
        await using var serve = await RunningServe.Start(folder.Path);
        var port = serve.Port.ToString(CultureInfo.InvariantCulture);

        var described = await Run("twin", "describe", "small/S0007", "--port", port);
        Assert.Equal(0, described.Code);
        Assert.Contains("enrolled in arm 'control'", described.Output, StringComparison.Ordinal);
        Assert.Contains("Age", described.Output, StringComparison.Ordinal);

        var forecast = await Run("twin", "forecast", "small/S0007", "--arm", "hormone", "--horizon", "12 months", "--json", "--port", port);
        using var json = JsonDocument.Parse(forecast.Output);
        Assert.Equal("hormone", json.RootElement.GetProperty("arm").GetString());
        Assert.Equal(365.25, json.RootElement.GetProperty("horizon").GetProperty("days").GetDouble());
        Assert.Equal("survival", json.RootElement.GetProperty("outcome").GetProperty("endpoint").GetString());
        Assert.Equal(365.25, json.RootElement.GetProperty("outcome").GetProperty("gridDays")[84].GetDouble(), 9);

        Assert.Contains("hormone - control", (await Run("twin", "compare", "small/S0007", "--port", port)).Output, StringComparison.Ordinal);
        Assert.Contains("Contribution", (await Run("twin", "explain", "small/S0007", "--port", port)).Output, StringComparison.Ordinal);
        Assert.Equal(0, (await Run("twin", "health", "--port", port)).Code);
        var listed = (await Run("twin", "list", "small", "--port", port)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal((30, "small/S0007\tcontrol"), (listed.Length, listed[7].Trim()));
        Assert.Equal(2, (await Run("twin", "list", "no such", "--port", port)).Code);

        var unknown = await Run("twin", "describe", "small/S9999", "--port", port);
        Assert.Equal((2, "Study 'small' has no subject 'S9999'. List its subjects to see their ids."), (unknown.Code, unknown.Error.Trim()));
        var horizon = await Run("twin", "forecast", "small/S0007", "--horizon", "5 yeers", "--port", port);
        Assert.Equal(2, horizon.Code);
        Assert.Contains("'5 yeers'", horizon.Error, StringComparison.Ordinal);

        Assert.Equal(0, await serve.Stop());
        Assert.Equal(1, (await Run("twin", "health", "--port", port)).Code);
    }

    [Fact]
    public async Task Golden_ARestartTrainsNothingAnew_AndAnotherTrainingKeyDoes()
    {
        using var folder = new TemporaryFolder();
        var trainer = new LinearTrainer();
        foreach (var key in (string[])["members=20", "members=20", "members=50"])
        {
            await using var serve = await RunningServe.Start(folder.Path, SmallServedStudy(trainer) with { TrainingKey = key });
            Assert.Equal(0, await serve.Stop());
        }

        Assert.Equal(2, trainer.TrainingCount);
    }

    [Fact]
    public async Task Error_AScenarioThatCannotBeUsedIsReportedAsValidateReportsIt()
    {
        using var folder = new TemporaryFolder();
        var refused = await Run(new BrokenSource(), "serve", "small.yaml", "--state", folder.Path, "--port", "0");
        Assert.Equal(2, refused.Code);
        Assert.Contains("small.yaml: 1 fault", refused.Error, StringComparison.Ordinal);
        Assert.Contains("3:5", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Error_AStateFolderOfAnotherVersionOfTheStudy()
    {
        using var folder = new TemporaryFolder();
        await using (var serve = await RunningServe.Start(folder.Path))
        {
            await serve.Stop();
        }

        var changed = SmallServedStudy(new LinearTrainer()) with { Subjects = SmallStudy.Subjects(31) };
        var refused = await Run(new FixedSource(changed), "serve", "small.yaml", "--state", folder.Path, "--port", "0");
        Assert.Equal(2, refused.Code);
        Assert.Contains("holds another version of study 'small'", refused.Error, StringComparison.Ordinal);
    }

    private static ServedStudy SmallServedStudy(LinearTrainer trainer) =>
        new(SmallStudy.Id, SmallStudy.Plan, SmallStudy.Subjects(30), 7, "members=20", trainer);

    private static Task<(int Code, string Output, string Error)> Run(params string[] arguments) =>
        Run(new FixedSource(SmallServedStudy(new LinearTrainer())), arguments);

    private static async Task<(int Code, string Output, string Error)> Run(IStudySource source, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await Root(source).Parse(arguments).InvokeAsync(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    private static RootCommand Root(IStudySource source) => [ServeCommand.Create(source), TwinCommand.Create()];

    private sealed class FixedSource(ServedStudy study) : IStudySource
    {
        public Task<ServedStudy> ReadAsync(FileInfo scenario, CancellationToken cancellation) => Task.FromResult(study);
    }

    private sealed class BrokenSource : IStudySource
    {
        public Task<ServedStudy> ReadAsync(FileInfo scenario, CancellationToken cancellation) =>
            throw new InvalidInputException(new TextLocation(scenario.Name, 3, 5), "Nothing here can be read.");
    }

    /// <summary><c>digitaltwin serve</c> running inside the test, past the line that says it answers.</summary>
    private sealed class RunningServe : IAsyncDisposable
    {
        private readonly CancellationTokenSource _ctrlC = new();
        private readonly WatchedOutput _output = new("answer at 127.0.0.1:");
        private readonly Task<int> _run;

        private RunningServe(string folder, ServedStudy study) => _run = Root(new FixedSource(study))
            .Parse(["serve", "small.yaml", "--state", folder, "--port", "0"])
            .InvokeAsync(new InvocationConfiguration { Output = _output, Error = _output }, _ctrlC.Token);

        public int Port { get; private set; }

        public static async Task<RunningServe> Start(string folder, ServedStudy? study = null)
        {
            var serve = new RunningServe(folder, study ?? SmallServedStudy(new LinearTrainer()));
            var line = await serve._output.Seen.WaitAsync(PhaseBarrier.Limit);
            serve.Port = int.Parse(line.Split("127.0.0.1:")[1].Split(' ')[0], CultureInfo.InvariantCulture);
            return serve;
        }

        public async Task<int> Stop()
        {
            await _ctrlC.CancelAsync();
            return await _run.WaitAsync(PhaseBarrier.Limit);
        }

        public async ValueTask DisposeAsync()
        {
            await Stop();
            _ctrlC.Dispose();
            await _output.DisposeAsync();
        }
    }

    /// <summary>Output that says when a line with a given text was written.</summary>
    private sealed class WatchedOutput(string text) : StringWriter(CultureInfo.InvariantCulture)
    {
        private readonly TaskCompletionSource<string> _seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Seen => _seen.Task;

        public override Task WriteLineAsync(string? value)
        {
            if (value?.Contains(text, StringComparison.Ordinal) == true)
            {
                _seen.TrySetResult(value);
            }

            return base.WriteLineAsync(value);
        }
    }
}
