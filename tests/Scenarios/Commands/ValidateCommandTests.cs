using System.Globalization;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.House;

namespace DigitalTwin.Tests.Scenarios.Commands;

public sealed class ValidateCommandTests
{
    private static readonly string Scenarios = Path.Combine(RepositoryRoot.Path, "scenarios");

    [Fact]
    public void ClosedForm_ValidScenarioExitsWithZero()
    {
        var (code, output, error) = Validate(Path.Combine(Scenarios, "veteran-chemotherapy.yaml"), asJson: false);
        Assert.Equal(0, code);
        Assert.StartsWith("veteran-chemotherapy.yaml: no faults.", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    [Fact]
    public void Error_MissingFileExitsWithTwo()
    {
        var (code, output, error) = Validate(Path.Combine(Scenarios, "veteran-chemotherap.yaml"), asJson: false);
        Assert.Equal(2, code);
        Assert.Empty(output);
        Assert.Equal("veteran-chemotherap.yaml: 1 fault, nothing was run.\n  There is no such file. Did you mean 'veteran-chemotherapy.yaml'?", error.TrimEnd());
    }

    [Fact]
    public void Error_AsJsonGoesToTheOutput()
    {
        var (code, output, error) = Validate(Path.Combine(Scenarios, "nothing-like-it.yaml"), asJson: true);
        Assert.Equal(2, code);
        Assert.Contains("\"line\": null", output, StringComparison.Ordinal);
        Assert.Empty(error);
    }

    private static (int Code, string Output, string Error) Validate(string path, bool asJson)
    {
        using var output = new StringWriter(CultureInfo.InvariantCulture);
        using var error = new StringWriter(CultureInfo.InvariantCulture);
        return (ValidateCommand.Run(path, asJson, output, error), output.ToString(), error.ToString());
    }
}
