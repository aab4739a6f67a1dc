using DigitalTwin.Scenarios.Reports.Plots;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>Who is forecast to benefit, who to be harmed, and how sure the twins are.</summary>
internal static class SubjectResponseSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        if (context.Result.SubjectResponse is not { Subjects.Count: > 0 } response)
        {
            return;
        }

        page.Section("response", "Response by subject");
        page.Paragraph(
            $"For each subject the twin under treatment is set against the twin under control: {response.Quantity}{(response.Time is { } time ? $" at {context.Numbers.Time(time)}" : string.Empty)}. "
            + $"A subject is called likely to benefit or to be harmed only when the {ReportNumbers.Level(response.Level)} interval over the ensemble excludes zero; among many subjects some intervals do so by chance, and confounding is not in them. These are model forecasts, not observations of the same person twice.");
        var inPercent = response.Unit == "1";
        page.Figure(
            [new ResponsePlot("response-plot", response.Subjects, inPercent ? "Difference, percentage points" : $"Difference, {response.Unit}", inPercent, response.HigherIsBetter).Draw()],
            $"Forecast difference, treatment less control, of every subject with its {ReportNumbers.Level(response.Level)} interval.");
        WriteCounts(page, response, inPercent);
        page.EndSection();
    }

    private static void WriteCounts(ReportPage page, SubjectResponseResult response, bool inPercent) => page.Table(
        "Subjects by forecast response.",
        ["Forecast", "#Subjects", "#Share", "#Median difference", "#Median probability of benefit"],
        new[] { (ResponseClass.LikelyBenefit, "likely benefit"), (ResponseClass.Unclear, "unclear"), (ResponseClass.LikelyHarm, "likely harm") }.Select(c =>
        {
            var members = response.Subjects.Where(s => s.Class == c.Item1).ToArray();
            var difference = Median(members.Select(s => s.Difference));
            return (string[])[
                c.Item2,
                ReportNumbers.Count(members.Length),
                ReportNumbers.Percent((double)members.Length / response.Subjects.Count),
                difference is { } d ? (inPercent ? ReportNumbers.Fixed(100 * d, 1) + " points" : ReportNumbers.Fixed(d, 2)) : "–",
                Median(members.Select(s => s.ProbabilityOfBenefit)) is { } p ? ReportNumbers.Percent(p, 0) : "–",
            ];
        }));

    private static double? Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length == 0 ? null : QuantileValue.Of(sorted, [0.5])[0].Value;
    }
}
