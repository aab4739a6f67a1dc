using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using DigitalTwin.Scenarios.Reports;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Tests.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Scenarios.Reports;

/// <summary>No label runs over another or out of its picture. Widths are estimated here anew, from the mean width of sans-serif text.</summary>
public sealed partial class PlotLayoutTests
{
    private const double MeanCharacterWidth = 0.54 * 12.5;

    public static TheoryData<string> Samples => ["as it is", "long labels", "one word labels", "wild intervals", "days", "many covariates"];

    [Theory]
    [MemberData(nameof(Samples))]
    public void Property_TextsNeitherOverlapNorLeaveThePicture(string sample)
    {
        var html = Encoding.UTF8.GetString(HtmlReportWriter.Write(Variant(sample)));
        foreach (Match match in Picture().Matches(html))
        {
            var picture = XElement.Parse(match.Value);
            var title = picture.Element("title")!.Value;
            var boxes = picture.Elements("text").Where(t => t.Attribute("transform") is null).Select(Box).ToArray();
            var size = picture.Attribute("viewBox")!.Value.Split(' ').Select(n => double.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            Assert.All(boxes, b => Assert.True(b.Left > -3 && b.Right < size[2] + 14 && b.Top > -2 && b.Bottom < size[3] + 4, $"{title}: '{b.Text}' leaves the picture"));
            for (var i = 0; i < boxes.Length; i++)
            {
                for (var j = i + 1; j < boxes.Length; j++)
                {
                    Assert.False(boxes[i].Meets(boxes[j]), $"{title}: '{boxes[i].Text}' over '{boxes[j].Text}'");
                }
            }
        }
    }

    private static RunResult Variant(string sample)
    {
        var run = SampleRun.Create();
        return sample switch
        {
            "long labels" => Relabel(run, "A long label that somebody wrote without ever thinking of the picture it would have to fit into one day"),
            "one word labels" => Relabel(run, "Pneumonoultramicroscopicsilicovolcanoconiosis-free-survival-of-everybody"),
            "wild intervals" => run with
            {
                Estimates = [.. run.Estimates.Select((e, i) => i % 2 == 1 ? e : e with { Estimate = e.Estimate with { Interval = e.Estimate.Interval with { Lower = e.Estimate.Value - 0.68, Upper = 4000 } } })],
            },
            "days" => run with { Endpoint = run.Endpoint with { DisplayUnit = TimeUnit.Day } },
            "many covariates" => run with { ControlArms = [.. run.ControlArms.Select(a => a with { Balance = [.. Enumerable.Repeat(a.Balance, 6).SelectMany(b => b)] })] },
            _ => run,
        };
    }

    private static RunResult Relabel(RunResult run, string label) => run with
    {
        Arms = [.. run.Arms.Select(a => a with { Label = label })],
        ControlArms = [.. run.ControlArms.Select(a => a with { Label = label })],
        Variables = [.. run.Variables.Select(v => v with { Label = label })],
        Curves = [.. run.Curves.Select(c => c with { Label = label })],
        Inputs = [.. run.Inputs.Select(i => i with { Title = label })],
        Populations = [.. run.Populations.Select(p => p with { Steps = [.. p.Steps.Select(s => s with { Reason = label })] })],
    };

    private static TextBox Box(XElement text)
    {
        var (x, y) = ((double)text.Attribute("x")!, (double)text.Attribute("y")!);
        var width = text.Value.Length * MeanCharacterWidth;
        var left = (string?)text.Attribute("text-anchor") switch { "middle" => x - (width / 2), "end" => x - width, _ => x };
        return new TextBox(text.Value, left, left + width, y - 9, y + 2);
    }

    private sealed record TextBox(string Text, double Left, double Right, double Top, double Bottom)
    {
        public bool Meets(TextBox other) =>
            Text.Length > 0 && other.Text.Length > 0 && Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;
    }

    [GeneratedRegex("<svg.*?</svg>", RegexOptions.Singleline)]
    private static partial Regex Picture();
}
