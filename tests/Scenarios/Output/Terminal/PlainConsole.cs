using Spectre.Console;

namespace DigitalTwin.Tests.Scenarios.Output.Terminal;

/// <summary>A console that is no terminal, as in a pipe or a log.</summary>
internal static class PlainConsole
{
    public static (IAnsiConsole Console, StringWriter Output) Create()
    {
        var output = new StringWriter();
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = AnsiSupport.No,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(output),
        });
        return (console, output);
    }
}
