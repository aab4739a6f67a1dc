using System.CommandLine;
using System.Text.Json;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Scenarios.Output.Terminal;

namespace DigitalTwin.Tests.Scenarios.Commands;

/// <summary>What <c>digitaltwin devices</c> prints.</summary>
public sealed class DevicesCommandTests
{
    private static readonly TestedDevice Good = new("cuda:0", "Card", 2L << 30, null, 1234.56, 800, 6, []);
    private static readonly TestedDevice Refused = new("opencl:0", "PoCL\u001b[31m", 0, "It has no generic address space.", null, null, 0, []);
    private static readonly TestedDevice Faulty = new("opencl:1", "Odd card", 1L << 30, null, 10, 20, 6, ["gemm differs"]);

    [Fact]
    public async Task Property_Json_ListsSimdTested_AndWhatAutoTakes()
    {
        using var output = new StringWriter();
        Assert.Equal(0, await CommandLine.RunAsync(CommandLine.Create(), ["devices", "--json"], new InvocationConfiguration { Output = output }));
        using var report = JsonDocument.Parse(output.ToString());
        var devices = report.RootElement.GetProperty("devices").EnumerateArray().ToArray();
        var simd = Assert.Single(devices, d => d.GetProperty("id").GetString() == "simd");
        Assert.True(simd.GetProperty("gigaflopsPerSecond").GetDouble() > 0);
        Assert.True(simd.GetProperty("gigabytesPerSecond").GetDouble() > 0);
        Assert.Equal(6, simd.GetProperty("parityCases").GetInt32());
        Assert.Contains(devices, d => d.GetProperty("id").GetString() == report.RootElement.GetProperty("auto").GetString());
    }

    [Fact]
    public void ClosedForm_Lines_HoldEachDevice_AndSayWhatIsWrong()
    {
        using var output = new StringWriter();
        DeviceTable.Write(new DeviceReport("cuda:0", "Card is the first CUDA device.", [Good, Refused, Faulty]), null, output);
        var lines = output.ToString().ReplaceLineEndings("\n").TrimEnd().Split('\n');
        Assert.Equal("cuda:0\tCard\t2.0 GiB\t1234.6\t800.0\tyes, 6 cases", lines[1]);
        Assert.Equal("opencl:1\tOdd card\t1.0 GiB\t10.0\t20.0\tNO", lines[3]);
        Assert.Equal("opencl:0 is refused: It has no generic address space.", lines[4]);
        Assert.Equal("opencl:1 is at fault: gemm differs", lines[5]);
        Assert.Equal("--device auto takes cuda:0. Card is the first CUDA device.", lines[6]);
        Assert.DoesNotContain('\u001b', output.ToString());
    }
}
