using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Tests.Scenarios.Output.Terminal;

public sealed class RunProgressTests
{
    [Fact]
    public async Task Golden_OneLineAStepWhenThereIsNoTerminal()
    {
        var (console, output) = PlainConsole.Create();
        var clock = new StepClock();

        var answer = await RunProgress.RunAsync(console, clock, progress =>
        {
            progress.Step("Reading cohorts");
            clock.Advance(TimeSpan.FromSeconds(1.5));
            progress.Report(0.5);
            progress.Step("Fitting \u001b[31m[red]models");
            clock.Advance(TimeSpan.FromSeconds(0.25));
            return Task.FromResult(42);
        });

        Assert.Equal(42, answer);
        Assert.Equal("Reading cohorts: 1.50 s\nFitting [31m[red]models: 0.25 s\n", output.ToString().ReplaceLineEndings("\n"));
    }

    [Fact]
    public async Task ClosedForm_TimingsAreThoseOfTheClock()
    {
        var (console, _) = PlainConsole.Create();
        var clock = new StepClock();
        RunProgress? kept = null;
        await RunProgress.RunAsync(console, clock, progress =>
        {
            kept = progress;
            progress.Step("a");
            clock.Advance(TimeSpan.FromSeconds(2));
            progress.Step("b");
            clock.Advance(TimeSpan.FromSeconds(3));
            return Task.FromResult(0);
        });

        Assert.Equal([("a", 2.0), ("b", 3.0)], kept!.Timings.Select(t => (t.Step, t.Seconds)));
    }

    [Fact]
    public async Task Error_AFailureReachesTheCaller()
    {
        var (console, _) = PlainConsole.Create();
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunProgress.RunAsync<int>(console, new StepClock(), _ => throw new InvalidOperationException()));
    }

    private sealed class StepClock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => _now;

        public void Advance(TimeSpan time) => _now += time.Ticks;
    }
}
