using DigitalTwin.Scenarios.Reports.Plots;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>Who was analysed, and who was not and why.</summary>
internal static class FlowSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        if (context.Result.Populations.Count == 0)
        {
            return;
        }

        page.Section("flow", "Who was analysed");
        page.Figure(
            context.Result.Populations.Select((population, i) =>
            {
                var arm = context.Result.Arms.FirstOrDefault(a => a.Id == population.Arm);
                var source = context.Result.Inputs.FirstOrDefault(input => input.Cohort == population.Cohort)?.Title ?? population.Cohort.Value;
                return new FlowDiagram($"flow-{i}", population, arm?.Label ?? population.Name, source, arm == context.Treated ? "treated" : "control").Draw();
            }),
            "Flow of subjects from each source to the analysis.");
        page.Table(
            "Arms analysed.",
            ["Arm", "Source", "#Subjects", "#Events", "#Median follow-up"],
            context.Result.Arms.Select(a => (string[])[
                a.Label,
                a.Cohort.Value,
                ReportNumbers.Count(a.SubjectCount),
                a.EventCount is { } events ? ReportNumbers.Count(events) : "–",
                a.MedianFollowUp is { } time ? context.Numbers.Time(time) : "–",
            ]));
        page.EndSection();
    }
}
