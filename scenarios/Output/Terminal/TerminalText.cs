namespace DigitalTwin.Scenarios.Output.Terminal;

/// <summary>Text from scenarios made safe for a terminal: control characters, and with them escape sequences, are dropped.</summary>
internal static class TerminalText
{
    public static string Clean(string text) => new([.. text.Where(c => !char.IsControl(c))]);
}
