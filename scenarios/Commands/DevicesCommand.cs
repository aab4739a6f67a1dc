using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using DigitalTwin.Kernels.Devices;
using DigitalTwin.Scenarios.Output.Terminal;
using Spectre.Console;

namespace DigitalTwin.Scenarios.Commands;

/// <summary><c>digitaltwin devices [--json] [--parity]</c>: what can compute here, why anything is refused, and a short test of each device.
/// Exit code 1 when a device that can be used computes something wrong.</summary>
internal static class DevicesCommand
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Create()
    {
        var json = new Option<bool>("--json") { Description = "Write JSON." };
        var parity = new Option<bool>("--parity") { Description = "Compare every operation with float64 on each device, not a few of them." };
        var command = new Command("devices", "List what can compute here, with a short test of each device.") { json, parity };
        command.SetAction(arguments =>
        {
            var output = arguments.InvocationConfiguration.Output;
            var report = DeviceReport.Of(new ComputeDevices(Environment.ProcessorCount), TimeProvider.System, arguments.GetValue(parity));
            if (arguments.GetValue(json))
            {
                output.WriteLine(JsonSerializer.Serialize(report, Json));
            }
            else
            {
                DeviceTable.Write(report, output == Console.Out && AnsiConsole.Profile.Out.IsTerminal ? AnsiConsole.Console : null, output);
            }

            return report.Devices.Any(d => d.Faults.Count > 0) ? ExitCodes.Failure : ExitCodes.Success;
        });
        return command;
    }
}
