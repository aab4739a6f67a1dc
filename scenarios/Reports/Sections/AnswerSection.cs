using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>The answer, what it means, what speaks against it, and the warnings.</summary>
internal static class AnswerSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        var estimate = context.Primary.Estimate;
        page.Raw("<section id=\"answer\" class=\"answer\">\n<h2>The answer</h2>\n");
        page.Paragraph(AnswerText.Headline(context), "headline");
        page.Raw("<div class=\"figure\">");
        page.Raw($"<span class=\"value\">{HtmlText.Escape(context.Numbers.Value(estimate.Measure, estimate.Value))}</span>");
        page.Raw($"<span class=\"interval\">{HtmlText.Escape(Interval(context))}</span></div>\n");
        if (AnswerText.Absolute(context) is { } absolute)
        {
            page.Paragraph(absolute);
        }

        page.Heading("How far to trust it");
        page.List(DoubtsText.Of(context));
        page.Terms(Facts(context), "facts");
        page.Raw("</section>\n");
        WriteWarnings(page, context);
        WriteContents(page, context.Result);
    }

    private static string Interval(ReportContext context)
    {
        var estimate = context.Primary.Estimate;
        var unit = context.Numbers.UnitOf(estimate.Measure).Trim();
        return $"{(unit.Length == 0 ? string.Empty : unit + ", ")}{ReportContext.InSentence(context.Numbers.Name(estimate.Measure, estimate.Time))}, "
            + $"{ReportNumbers.Level(estimate.Interval.Level)} interval {context.Numbers.Interval(estimate)}; {context.MethodWithPopulation(context.Primary)}";
    }

    private static IEnumerable<(string Term, string Meaning)> Facts(ReportContext context)
    {
        yield return Subjects("Treated subjects", context.Treated);
        yield return Subjects("Control subjects", context.Control);
        if (context.PrimaryArm is { } arm)
        {
            yield return ("Effective control sample", ReportNumbers.Fixed(arm.EssControl, 0));
        }

        if (context.Result.SimulatedTrial is { } trial)
        {
            yield return ("Probability of success, simulated trial", ReportNumbers.Percent(trial.SuccessProbability, 0));
        }

        if (context.Result.Reveal?.TruthOf(context.Primary.Estimate) is { } truth)
        {
            yield return ("With the real control arm", context.Numbers.Value(truth.Measure, truth.Value, 1));
        }
    }

    private static (string Term, string Meaning) Subjects(string term, ArmResult arm) =>
        (arm.EventCount is { } events ? $"{term}, {ReportNumbers.Count(events)} events" : term, ReportNumbers.Count(arm.SubjectCount));

    private static void WriteWarnings(ReportPage page, ReportContext context)
    {
        if (context.Result.Warnings.Count == 0)
        {
            return;
        }

        page.Raw("<section id=\"warnings\" class=\"warnings\">\n<h2>Warnings</h2>\n");
        page.List(context.Result.Warnings.Select(w => w.MethodId is { } method ? $"{context.MethodLabel(method)}: {w.Message}" : w.Message));
        page.Raw("</section>\n");
    }

    private static void WriteContents(ReportPage page, RunResult result)
    {
        page.Raw("<nav aria-label=\"Contents\">");
        foreach (var (id, title, present) in new[]
        {
            ("estimates", "Estimates", true),
            ("curves", "Survival curves", result.Curves.Count > 0),
            ("control-arm", "Control arm", result.ControlArms.Count > 0),
            ("flow", "Subjects", result.Populations.Count > 0),
            ("reveal", "Real control arm", result.Reveal is not null),
            ("twins", "Twin model", result.TwinModel is not null),
            ("simulated-trial", "Simulated trial", result.SimulatedTrial is not null),
            ("response", "Response by subject", result.SubjectResponse is not null),
            ("methods", "Estimand and methods", true),
            ("provenance", "Provenance", true),
        })
        {
            page.Raw(present ? $"<a href=\"#{id}\">{title}</a>" : string.Empty);
        }

        page.Raw("</nav>\n");
    }
}
