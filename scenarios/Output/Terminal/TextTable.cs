using Spectre.Console;

namespace DigitalTwin.Scenarios.Output.Terminal;

/// <summary>A table with borders on a terminal, tab-separated lines elsewhere.</summary>
internal static class TextTable
{
    public static void Write(IAnsiConsole console, string[] head, IEnumerable<string[]> rows)
    {
        var output = console.Profile.Out.Writer;
        if (!console.Profile.Out.IsTerminal)
        {
            output.WriteLine(string.Join('\t', head));
            foreach (var row in rows)
            {
                output.WriteLine(string.Join('\t', row.Select(TerminalText.Clean)));
            }

            output.WriteLine();
            return;
        }

        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in head)
        {
            table.AddColumn(new TableColumn(new Text(column)) { NoWrap = true });
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(TerminalText.Clean(cell))));
        }

        console.Write(table);
    }
}
