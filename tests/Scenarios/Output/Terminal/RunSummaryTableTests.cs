using DigitalTwin.Scenarios.Output.Terminal;
using DigitalTwin.Tests.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Output.Terminal;

public sealed class RunSummaryTableTests
{
    [Fact]
    public void Golden_TabSeparatedLinesWhenThereIsNoTerminal()
    {
        var (console, output) = PlainConsole.Create();
        RunSummaryTable.Write(console, SampleRun.Create(), "out");
        var lines = output.ToString().ReplaceLineEndings("\n").Split('\n');

        Assert.Equal("Measure\tMethod\tEstimate\tInterval\tESS control\tTruth\tCovered", lines[0]);
        Assert.Equal("Hazard ratio\tPropensity weights (ATT) (primary)\t0.690\t0.536 to 0.889\t252.5\t0.695\tyes", lines[1]);
        Assert.Contains("warning: Propensity weights (ATT): Effective control sample 252 is 21 % of the 1207 control subjects.", lines);
        Assert.Equal($"report: {Path.Combine("out", "report.html")}", lines[^2]);
    }

    [Fact]
    public void Error_TextFromTheScenarioCannotSteerTheTerminal()
    {
        var (console, output) = PlainConsole.Create();
        var run = SampleRun.Create();
        var arm = run.ControlArms[0] with { Label = "\u001b[2Jweights [bold]" };
        RunSummaryTable.Write(console, run with { ControlArms = [arm, .. run.ControlArms.Skip(1)], Warnings = [new StudyWarning("w", "\u001b]0;title\u0007")] }, "out");

        Assert.DoesNotContain('\u001b', output.ToString());
        Assert.DoesNotContain('\u0007', output.ToString());
    }
}
