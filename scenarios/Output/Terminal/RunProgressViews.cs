using System.Globalization;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Output.Terminal;

/// <summary>Shows one step at a time.</summary>
internal interface IRunProgressView
{
    void Begin(string name);

    void Advance(double fraction);

    void Note(string text);

    void End(TimeSpan elapsed);
}

/// <summary>A bar a step; what is said stands above the bars.</summary>
internal sealed class LiveProgressView(ProgressContext context, IAnsiConsole console) : IRunProgressView
{
    private ProgressTask? _task;

    public void Begin(string name) => _task = context.AddTask(Markup.Escape(name), maxValue: 1);

    public void Advance(double fraction) => _task?.Value(fraction);

    public void Note(string text) => console.WriteLine(text);

    public void End(TimeSpan elapsed)
    {
        _task?.Value(1);
        _task?.StopTask();
    }
}

/// <summary>One line a step, written when it ends, for logs and pipes.</summary>
internal sealed class PlainProgressView(TextWriter output) : IRunProgressView
{
    private string _name = string.Empty;

    public void Begin(string name) => _name = name;

    public void Advance(double fraction)
    {
        // A log gains nothing from fractions of a step.
    }

    public void Note(string text) => output.WriteLine(text);

    public void End(TimeSpan elapsed) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{_name}: {elapsed.TotalSeconds:F2} s"));
}
