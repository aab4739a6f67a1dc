using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>The estimand by its five attributes, and how every control arm was made, with citations.</summary>
internal static class MethodsSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        page.Section("methods", "Estimand and methods");
        page.Heading("Estimand (ICH E9 R1)");
        var estimand = context.Result.Estimand;
        page.Terms(
            [
                ("Population", $"{estimand.PopulationText} ({ResultNames.Of(estimand.Population)})"),
                ("Treatment", estimand.Treatment),
                ("Comparator", estimand.Comparator),
                ("Variable", estimand.Variable),
                ("Intercurrent events", estimand.IntercurrentEvents.Count == 0 ? "None stated." : string.Join(" ", estimand.IntercurrentEvents.Select(e => $"{e.Event}: {e.Handling}"))),
                ("Summary", estimand.Summary),
            ],
            "terms");
        page.Heading("Methods");
        page.Terms(context.Result.ControlArms.OrderByDescending(a => a.Primary).Select(a => (a.Label + (a.Primary ? " (primary)" : string.Empty), a.Description)), "terms");
        var citations = context.Result.ControlArms.SelectMany(a => a.Citations).Concat(context.Result.TwinModel?.Citations ?? []).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToArray();
        if (citations.Length > 0)
        {
            page.Heading("References");
            page.List(citations);
        }

        page.EndSection();
    }
}
