using DigitalTwin.Scenarios.Results;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Output.Terminal;

/// <summary>What a run is doing now: bars on a terminal, one plain line a step elsewhere. Also takes the time of each step.
/// Safe to call from many threads.</summary>
public sealed class RunProgress
{
    private readonly Lock _gate = new();
    private readonly IRunProgressView _view;
    private readonly TimeProvider _clock;
    private readonly List<StepTiming> _timings = [];
    private string? _step;
    private long _started;

    private RunProgress(IRunProgressView view, TimeProvider clock)
    {
        _view = view;
        _clock = clock;
    }

    /// <summary>Steps that have ended, in order.</summary>
    public IReadOnlyList<StepTiming> Timings
    {
        get
        {
            lock (_gate)
            {
                return [.. _timings];
            }
        }
    }

    /// <summary>Runs the work while showing its progress; the last step ends when the work returns or throws.</summary>
    /// <param name="console">Where to show it.</param>
    /// <param name="clock">Clock that takes the time of the steps.</param>
    /// <param name="work">The work, which names its steps.</param>
    public static async Task<T> RunAsync<T>(IAnsiConsole console, TimeProvider clock, Func<RunProgress, Task<T>> work)
    {
        ArgumentNullException.ThrowIfNull(console);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(work);
        if (!console.Profile.Capabilities.Interactive || !console.Profile.Out.IsTerminal)
        {
            return await TrackAsync(new PlainProgressView(console.Profile.Out.Writer), clock, work).ConfigureAwait(false);
        }

        return await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(context => TrackAsync(new LiveProgressView(context, console), clock, work))
            .ConfigureAwait(false);
    }

    /// <summary>Ends the step before, if any, and begins another.</summary>
    /// <param name="name">A few words in the present: "Fitting propensity scores".</param>
    public void Step(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        lock (_gate)
        {
            End();
            _step = name;
            _started = _clock.GetTimestamp();
            _view.Begin(TerminalText.Clean(name));
        }
    }

    /// <summary>Says something that whoever waits should know now, not at the end.</summary>
    /// <param name="text">One sentence or more.</param>
    public void Note(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        lock (_gate)
        {
            _view.Note(TerminalText.Clean(text));
        }
    }

    /// <summary>Share of the present step that is done.</summary>
    /// <param name="fraction">Between 0 and 1; other values are held at the edge.</param>
    public void Report(double fraction)
    {
        lock (_gate)
        {
            _view.Advance(Math.Clamp(fraction, 0, 1));
        }
    }

    private static async Task<T> TrackAsync<T>(IRunProgressView view, TimeProvider clock, Func<RunProgress, Task<T>> work)
    {
        var progress = new RunProgress(view, clock);
        try
        {
            return await work(progress).ConfigureAwait(false);
        }
        finally
        {
            lock (progress._gate)
            {
                progress.End();
            }
        }
    }

    private void End()
    {
        if (_step is not { } step)
        {
            return;
        }

        var elapsed = _clock.GetElapsedTime(_started);
        _timings.Add(new StepTiming(step, elapsed.TotalSeconds));
        _view.End(elapsed);
        _step = null;
    }
}
