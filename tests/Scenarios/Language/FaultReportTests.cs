using System.Text.Json;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Language;

public sealed class FaultReportTests
{
    private static readonly Fault[] Faults =
    [
        new(new TextLocation("gbsg.yaml", 14, 16), "endpoint.horizon is '5 yeers', which is not a duration. Use a number and a unit: '5 years', '60 months'."),
        new(new TextLocation("gbsg.yaml", 22, 5), "arms has 1 arm."),
    ];

    [Fact]
    public void Golden_StyleOfTheHouse() => Assert.Equal(
        "gbsg.yaml: 2 faults, nothing was run.\n"
        + "  14:16  endpoint.horizon is '5 yeers', which is not a duration. Use a number and a unit: '5 years', '60 months'.\n"
        + "  22:5   arms has 1 arm.",
        FaultReport.Format("gbsg.yaml", Faults));

    [Fact]
    public void ClosedForm_WholeFileHasNoPlace() => Assert.Equal(
        "gbsg.yaml: 1 fault, nothing was run.\n  There is no such file.",
        FaultReport.Format("gbsg.yaml", [new Fault(new TextLocation("gbsg.yaml", 0, 0), "There is no such file.")]));

    [Fact]
    public void ClosedForm_Json()
    {
        using var json = JsonDocument.Parse(FaultReport.ToJson("gbsg.yaml", Faults));
        var second = json.RootElement.GetProperty("faults")[1];
        Assert.Equal(22, second.GetProperty("line").GetInt32());
        Assert.Equal("arms has 1 arm.", second.GetProperty("message").GetString());
    }
}
