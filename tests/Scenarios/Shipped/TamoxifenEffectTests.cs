using System.Text.Json;
using DigitalTwin.Scenarios.Commands;
using DigitalTwin.Tests.Engine.Cohorts;
using DigitalTwin.Tests.House;
using DigitalTwin.Tests.Scenarios.Output.Terminal;

namespace DigitalTwin.Tests.Scenarios.Shipped;

/// <summary>The shipped question whom tamoxifen helped.</summary>
public sealed class TamoxifenEffectTests
{
    // R 4.2.2, survival 3.5.3: summary(survfit(Surv(rfstime, status) ~ hormon, gbsg), times = 1826.25): 0.4368058 and 0.5812101, Greenwood errors 0.02974214 and 0.03622873.
    private const double Difference = 0.5812101 - 0.4368058;
    private const double Error = 0.0468734;

    [Fact]
    public async Task Reference_TheCrudeDifferenceIsThatOfTheCurves_AndWhoGainsMoreIsNotTold()
    {
        using var folder = new TemporaryFolder();
        var (console, _) = PlainConsole.Create();
        using var error = new StringWriter();
        var file = Path.Combine(RepositoryRoot.Path, "scenarios", "gbsg-tamoxifen-effect.yaml");

        var code = await EvaluateCommand.RunAsync(new EvaluationRequest(file, folder["result.json"], null, 2, "simd"), console, error, TestContext.Current.CancellationToken);

        Assert.Equal((0, string.Empty), (code, error.ToString()));
        var effect = JsonDocument.Parse(File.ReadAllText(folder["result.json"])).RootElement.GetProperty("effect");
        var crude = effect.GetProperty("crude");
        var half = (crude.GetProperty("upper").GetDouble() - crude.GetProperty("lower").GetDouble()) / 2;

        // The mean of pseudo-observations is the curve but for terms of order 1/n, their spread the jackknife of its error.
        Assert.Equal(Difference, crude.GetProperty("value").GetDouble(), 5e-4);
        Assert.Equal(Error, half / 1.959964, 1e-3);
        Assert.InRange(effect.GetProperty("average").GetProperty("value").GetDouble(), Difference - (2 * Error), Difference + (2 * Error));
        Assert.All(effect.GetProperty("learners").EnumerateArray(), l => Assert.Equal("cannot tell", l.GetProperty("verdict").GetString()));
        Assert.Equal(686, effect.GetProperty("subjects").GetArrayLength());
    }
}
