using System.Globalization;
using DigitalTwin.Tests.House;

namespace DigitalTwin.Tests.Twins;

public sealed class DocumentationExampleTests
{
    [Fact]
    public async Task Golden_TheExampleOfTheDocumentsRuns()
    {
        await using var silo = await TestSilo.Start(gateway: 0);
        await SmallStudy.SetUp(silo.Client, 5);
        using var output = new StringWriter(CultureInfo.InvariantCulture);

        await DocumentationExample.Run(silo.Silo.GatewayPort!.Value, output);

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("5 twins, model fake-linear", lines[0].Trim());
        Assert.Equal(6, lines.Length);
        Assert.Matches(@"^small/S0000: \d+ days gained \(\d+ to \d+\)", lines[1]);
    }

    [Fact]
    public void Golden_TheDocumentsShowTheExampleThatRuns()
    {
        var root = RepositoryRoot.Path;
        var document = File.ReadAllText(Path.Combine(root, "docs", "twins.md"));
        var shown = document.Split("```csharp\n")[1].Split("```")[0];
        var source = File.ReadAllText(Path.Combine(root, "tests", "Twins", "Client", "DocumentationExample.cs"));
        var run = source.Split("// docs/twins.md from here\n")[1].Split("// to here")[0];

        Assert.Equal(Lines(run), Lines(shown));
    }

    private static string[] Lines(string code) => [.. code.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith("using ", StringComparison.Ordinal))];
}
