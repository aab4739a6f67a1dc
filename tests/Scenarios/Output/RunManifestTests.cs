using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using DigitalTwin.Scenarios.Output;
using DigitalTwin.Tests.Scenarios.Results;

namespace DigitalTwin.Tests.Scenarios.Output;

public sealed class RunManifestTests
{
    [Fact]
    public void ClosedForm_EachLinkHashesTheLinkBeforeAndItsOwnLines()
    {
        var manifest = Manifest() with { Inputs = [] };
        var scenario = Hash($"\nscenario {manifest.Scenario.Sha256}\n");
        var inputs = Hash($"{scenario}\n");
        var parameters = Hash($"{inputs}\nengine 0.1.0\nseed 7\n");
        var outputs = Hash($"{parameters}\n{SampleRun.Hash('2')} results.json\n");

        Assert.Equal(new RunHashChain(scenario, inputs, parameters, outputs), manifest.Chain());
    }

    [Fact]
    public void Property_NoPartCanBeExchangedWithoutChangingTheEndOfTheChain()
    {
        var manifest = Manifest();
        RunManifest[] changed =
        [
            manifest with { EngineVersion = "0.1.1" },
            manifest with { Scenario = manifest.Scenario with { Sha256 = SampleRun.Hash('9') } },
            manifest with { Inputs = [manifest.Inputs[0] with { ManifestSha256 = SampleRun.Hash('9') }, manifest.Inputs[1]] },
            manifest with { Inputs = [manifest.Inputs[0]] },
            manifest with { Parameters = [new RunParameter("seed", "8")] },
            manifest with { Outputs = [manifest.Outputs[0] with { ComparableSha256 = SampleRun.Hash('9') }] },
        ];

        Assert.Equal(changed.Length + 1, changed.Append(manifest).Select(m => m.Chain().Outputs).Distinct().Count());
    }

    [Fact]
    public void Property_TimingsDoNotChangeTheChain()
    {
        var manifest = Manifest();
        var slower = manifest with { Outputs = [manifest.Outputs[0] with { Sha256 = SampleRun.Hash('9'), ByteCount = 11 }] };

        Assert.Equal(manifest.Chain(), slower.Chain());
    }

    [Fact]
    public void Golden_TheFileHoldsCommandPartsAndChain()
    {
        var manifest = Manifest();
        using var json = JsonDocument.Parse(RunManifestWriter.Write(manifest));

        Assert.Equal("digitaltwin/run/1", json.RootElement.GetProperty("schema").GetString());
        Assert.Equal(["run", "gbsg.yaml", "--seed", "7"], json.RootElement.GetProperty("command").EnumerateArray().Select(c => c.GetString()!));
        Assert.Equal(manifest.Chain().Outputs, json.RootElement.GetProperty("chain").GetProperty("outputs").GetString());
        Assert.Equal(2, json.RootElement.GetProperty("inputs").GetArrayLength());
    }

    private static RunManifest Manifest() => new(
        "0.1.0",
        SampleRun.Create().Scenario,
        ["run", "gbsg.yaml", "--seed", "7"],
        SampleRun.Create().Inputs,
        [new RunParameter("seed", "7")],
        [new RunOutput("results.json", 10, SampleRun.Hash('1'), SampleRun.Hash('2'))]);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
