using System.Globalization;
using DigitalTwin.Scenarios.Commands;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Output.Terminal;

/// <summary>Devices on the terminal: a table on a terminal, tab-separated lines elsewhere.</summary>
internal static class DeviceTable
{
    private static readonly string[] Columns = ["Device", "Name", "Memory", "GFLOP/s", "GB/s", "Agrees with float64"];

    /// <param name="report">What was found.</param>
    /// <param name="console">A terminal, or null.</param>
    /// <param name="output">Where lines go.</param>
    public static void Write(DeviceReport report, IAnsiConsole? console, TextWriter output)
    {
        if (console is null)
        {
            output.WriteLine(string.Join('\t', Columns));
            foreach (var device in report.Devices)
            {
                output.WriteLine(string.Join('\t', Cells(device)));
            }
        }
        else
        {
            var table = new Table { Border = TableBorder.Rounded };
            foreach (var column in Columns)
            {
                table.AddColumn(new TableColumn(column) { Alignment = column is "Memory" or "GFLOP/s" or "GB/s" ? Justify.Right : Justify.Left });
            }

            foreach (var device in report.Devices)
            {
                table.AddRow(Cells(device).Select(c => new Text(c)));
            }

            console.Write(table);
        }

        foreach (var device in report.Devices.Where(d => d.Refusal is not null))
        {
            output.WriteLine($"{device.Id} is refused: {TerminalText.Clean(device.Refusal!)}");
        }

        foreach (var (device, fault) in report.Devices.SelectMany(d => d.Faults.Select(f => (d, f))))
        {
            output.WriteLine($"{device.Id} is at fault: {TerminalText.Clean(fault)}");
        }

        output.WriteLine($"--device auto takes {report.Auto}. {TerminalText.Clean(report.Reason)}");
    }

    private static string[] Cells(TestedDevice device) =>
    [
        device.Id,
        TerminalText.Clean(device.Name),
        device.MemoryBytes == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{device.MemoryBytes / 1073741824.0:F1} GiB"),
        Number(device.GigaflopsPerSecond),
        Number(device.GigabytesPerSecond),
        device.Refusal is not null ? "refused"
            : device.Faults.Count > 0 ? "NO"
            : string.Create(CultureInfo.InvariantCulture, $"yes, {device.ParityCases} cases"),
    ];

    private static string Number(double? value) => value is { } v ? v.ToString("F1", CultureInfo.InvariantCulture) : "";
}
