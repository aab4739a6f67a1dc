using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DigitalTwin.Scenarios.Reports;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Tests.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Reports;

public sealed partial class HtmlReportWriterTests
{
    private const string Attack = "</title><script>alert(1)</script><img src=x onerror=\"alert('2')\">";

    [Fact]
    public void Property_TheBytesDependOnTheResultAlone()
    {
        var run = SampleRun.Create();
        var elsewhere = run with { Environment = new RunEnvironment(DateTimeOffset.UnixEpoch, 16, "another", "another", []) };

        Assert.Equal(HtmlReportWriter.Write(run), HtmlReportWriter.Write(elsewhere));
    }

    [Fact]
    public void Golden_TheAnswerComesFirst()
    {
        var html = Render(SampleRun.Create());

        Assert.Contains("Hormone therapy lowers the hazard of recurrence or death by an estimated 31\u00A0% compared with control (the same women without hormone therapy).", html, StringComparison.Ordinal);
        Assert.Contains("95\u00A0% interval 0.54 to 0.89", html, StringComparison.Ordinal);
        Assert.True(html.IndexOf("id=\"answer\"", StringComparison.Ordinal) < html.IndexOf("id=\"warnings\"", StringComparison.Ordinal));
        Assert.True(html.IndexOf("id=\"warnings\"", StringComparison.Ordinal) < html.IndexOf("id=\"estimates\"", StringComparison.Ordinal));
    }

    [Fact]
    public void Property_AnIntervalThatHoldsNoEffectIsNotCalledAnEffect()
    {
        var html = Render(WithPrimary(e => e with { Value = 0.9, Interval = e.Interval with { Lower = 0.7, Upper = 1.2 } }));

        Assert.Contains("The data do not settle whether hormone therapy changes the hazard", html, StringComparison.Ordinal);
        Assert.DoesNotContain("lowers the hazard", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_AnEndpointThatIsNoEventIsNotCalledOne()
    {
        var run = SampleRun.Create();
        var html = Render(run with { Endpoint = run.Endpoint with { Event = run.Endpoint.Label } });

        Assert.Contains("lowers the hazard of an event (recurrence-free survival) by", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Property_NothingIsFetchedAndNothingRuns()
    {
        var html = Render(SampleRun.Create());

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(FetchesSomething(), html);
    }

    [Fact]
    public void Error_TextFromTheScenarioStaysText()
    {
        var run = SampleRun.Create();
        var html = Render(run with
        {
            Scenario = run.Scenario with { Title = Attack, FileName = Attack },
            Arms = [.. run.Arms.Select(a => a with { Label = Attack })],
            ControlArms = [.. run.ControlArms.Select(a => a with { Label = Attack, Description = Attack, Citations = [Attack] })],
            Variables = [.. run.Variables.Select(v => v with { Label = Attack })],
            Curves = [.. run.Curves.Select(c => c with { Label = Attack })],
            Populations = [.. run.Populations.Select(p => p with { Steps = [.. p.Steps.Select(s => s with { Reason = Attack })] })],
            Endpoint = run.Endpoint with { Label = Attack, Event = Attack },
            Estimand = run.Estimand with { Treatment = Attack, Comparator = Attack, PopulationText = Attack },
            Warnings = [new StudyWarning("w", Attack)],
            Reveal = run.Reveal! with { Label = Attack, Description = Attack },
        });

        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.All(Pictures(html), picture => XElement.Parse(picture));
    }

    [Fact]
    public void Property_EveryPictureIsWellFormedAndNamed()
    {
        var pictures = Pictures(Render(SampleRun.Create())).Select(XElement.Parse).ToArray();

        Assert.True(pictures.Length >= 12, $"{pictures.Length} pictures");
        var ids = pictures.SelectMany(p => p.Elements().Attributes("id")).Select(a => a.Value).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(pictures, p =>
        {
            Assert.NotEmpty(p.Element("title")!.Value);
            Assert.NotEmpty(p.Element("desc")!.Value);
            Assert.Equal($"{p.Element("title")!.Attribute("id")!.Value} {p.Element("desc")!.Attribute("id")!.Value}", p.Attribute("aria-labelledby")!.Value);
        });
    }

    [Fact]
    public void Property_PartsThatWereNotAskedForLeaveNoEmptySection()
    {
        var html = Render(SampleRun.Create() with { TwinModel = null, SimulatedTrial = null, SubjectResponse = null, Reveal = null, Curves = [], Warnings = [] });

        Assert.All(["twins", "simulated-trial", "response", "reveal", "curves", "warnings"], id => Assert.DoesNotContain($"\"{id}\"", html, StringComparison.Ordinal));
        Assert.All(["twins", "simulated-trial", "response", "reveal", "curves", "warnings"], id => Assert.DoesNotContain($"#{id}\"", html, StringComparison.Ordinal));
    }

    [Fact]
    public void Error_APrimaryEstimateThatIsNotFiniteIsSaidSo()
    {
        var html = Render(WithPrimary(e => e with { Value = double.NaN, Interval = e.Interval with { Lower = double.NaN, Upper = double.NaN } }));

        Assert.Contains("The primary estimate could not be computed", html, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", html, StringComparison.Ordinal);
    }

    [Fact]
    public void Error_OneEstimateMustBePrimary()
    {
        var run = SampleRun.Create();
        Assert.Throws<ArgumentException>(() => HtmlReportWriter.Write(run with { Estimates = [.. run.Estimates.Skip(1)] }));
    }

    [Theory]
    [InlineData(EndpointKind.Binary, SummaryMeasure.OddsRatio, true, 1.8, 1.2, 2.7, "raises the odds of")]
    [InlineData(EndpointKind.Binary, SummaryMeasure.RiskDifference, false, -0.1, -0.15, -0.05, "lowers the risk of")]
    [InlineData(EndpointKind.Continuous, SummaryMeasure.MeanDifference, true, 2.5, 1.0, 4.0, "raises")]
    public void Golden_OtherEndpointsAreWordedTheirOwnWay(EndpointKind kind, SummaryMeasure measure, bool higherIsBetter, double value, double lower, double upper, string words)
    {
        var run = SampleRun.Create();
        var estimate = new EffectEstimate("att-weights", measure, null, value, 0.1, new EffectInterval(lower, upper, 0.95, "robust"));
        var html = Render(run with
        {
            Endpoint = run.Endpoint with { Kind = kind, HigherIsBetter = higherIsBetter, Horizon = null, Unit = kind == EndpointKind.Continuous ? "mm[Hg]" : "1" },
            Estimates = [new EstimateResult("x", true, EstimandPopulation.Att, estimate, null)],
            Curves = [],
            Reveal = null,
            SimulatedTrial = null,
        });

        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.Contains(higherIsBetter ? "favours hormone therapy →" : "← favours hormone therapy", html, StringComparison.Ordinal);
    }

    private static string Render(RunResult run) => Encoding.UTF8.GetString(HtmlReportWriter.Write(run));

    private static IEnumerable<string> Pictures(string html) => Picture().Matches(html).Select(m => m.Value);

    private static RunResult WithPrimary(Func<EffectEstimate, EffectEstimate> change)
    {
        var run = SampleRun.Create();
        return run with { Estimates = [run.Estimates[0] with { Estimate = change(run.Estimates[0].Estimate) }, .. run.Estimates.Skip(1)] };
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();

    [GeneratedRegex(@"\bsrc=|url\(|@import|<link|https?://", RegexOptions.IgnoreCase)]
    private static partial Regex FetchesSomething();
}
