using System.Text;
using DigitalTwin.Scenarios.Reports.Sections;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>Writes report.html: one file, no script, no network, the answer first. The bytes depend on the result alone, without its
/// environment, so that a repeated run gives the same report.</summary>
public static class HtmlReportWriter
{
    /// <exception cref="ArgumentException">The result has not exactly one primary estimate, or lacks an arm.</exception>
    public static byte[] Write(RunResult result)
    {
        ArgumentNullException.ThrowIfNull(result);
        var context = new ReportContext(result);
        var page = new ReportPage();
        WriteHead(page, result);
        AnswerSection.Write(page, context);
        EstimatesSection.Write(page, context);
        CurvesSection.Write(page, context);
        ControlArmSection.Write(page, context);
        FlowSection.Write(page, context);
        RevealSection.Write(page, context);
        TwinModelSection.Write(page, context);
        SimulatedTrialSection.Write(page, context);
        SubjectResponseSection.Write(page, context);
        MethodsSection.Write(page, context);
        ProvenanceSection.Write(page, context);
        page.Raw($"<footer>DigitalTwin {HtmlText.Escape(result.Engine.Version)}. The figures of this page, unrounded, stand in results.json beside it.</footer>\n</main>\n</body>\n</html>\n");
        return Encoding.UTF8.GetBytes(page.ToString());
    }

    private static void WriteHead(ReportPage page, RunResult result)
    {
        var title = HtmlText.Escape(result.Scenario.Title);
        page.Raw("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n");
        page.Raw("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n");
        page.Raw($"<title>{title}</title>\n<style>\n{ReportStyle.Css}\n</style>\n</head>\n<body>\n<main>\n");
        page.Raw($"<header>\n<p class=\"kicker\">Study report</p>\n<h1>{title}</h1>\n");
        page.Raw($"<p class=\"meta\">{HtmlText.Escape(result.Endpoint.Label)}. Scenario {HtmlText.Escape(result.Scenario.FileName)}, seed {result.Engine.Seed}, engine {HtmlText.Escape(result.Engine.Version)}.</p>\n</header>\n");
    }
}
