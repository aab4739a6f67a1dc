using DigitalTwin.Kernels.Devices;

namespace DigitalTwin.Scenarios.Commands;

/// <summary>What <c>digitaltwin devices</c> found.</summary>
/// <param name="Auto">Id of the device that <c>--device auto</c> takes.</param>
/// <param name="Reason">Why that one.</param>
/// <param name="Devices">Each device.</param>
internal sealed record DeviceReport(string Auto, string Reason, IReadOnlyList<TestedDevice> Devices)
{
    /// <summary>Lists and tests; a device that fails to open is listed with the reason.</summary>
    public static DeviceReport Of(ComputeDevices devices, TimeProvider clock, bool everyCase)
    {
        var found = devices.List();
        var choice = DeviceChoice.From("auto", found);
        return new DeviceReport(choice.Device.Id, choice.Reason, [.. found.Select(d => Test(devices, d, clock, everyCase))]);
    }

    private static TestedDevice Test(ComputeDevices devices, ComputeDevice device, TimeProvider clock, bool everyCase)
    {
        var untested = new TestedDevice(device.Id, device.Name, device.MemoryBytes, device.Refusal, null, null, 0, []);
        if (!device.IsUsable)
        {
            return untested;
        }

        try
        {
            using var backend = devices.Open(device);
            var test = DeviceSelfTest.Run(backend, clock, everyCase);
            return untested with
            {
                GigaflopsPerSecond = Math.Round(test.GigaflopsPerSecond, 1),
                GigabytesPerSecond = Math.Round(test.GigabytesPerSecond, 1),
                ParityCases = test.CaseCount,
                Faults = test.Faults,
            };
        }
        catch (DeviceNotAvailableException e)
        {
            return untested with { Refusal = e.Message };
        }
        catch (Exception e) when (e.GetType().Namespace?.StartsWith("ILGPU", StringComparison.Ordinal) == true)
        {
            // A driver may list a device and then fail on a kernel.
            return untested with { Faults = [$"It failed while it was tested: {e.Message}"] };
        }
    }
}

/// <summary>A device and its test.</summary>
/// <param name="Id">What <c>--device</c> takes.</param>
/// <param name="Name">Name for people.</param>
/// <param name="MemoryBytes">Size of its memory; 0 where it is not known.</param>
/// <param name="Refusal">Why it cannot be used, or null.</param>
/// <param name="GigaflopsPerSecond">Of a float32 product; null when it was not tested.</param>
/// <param name="GigabytesPerSecond">Of a copy; null when it was not tested.</param>
/// <param name="ParityCases">Operations compared with float64.</param>
/// <param name="Faults">What went wrong in the test.</param>
internal sealed record TestedDevice(
    string Id, string Name, long MemoryBytes, string? Refusal, double? GigaflopsPerSecond, double? GigabytesPerSecond, int ParityCases, IReadOnlyList<string> Faults);
