using System.Globalization;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>What was read and with what it was computed, enough to repeat the run.</summary>
internal static class ProvenanceSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        var result = context.Result;
        page.Section("provenance", "Provenance");
        var terms = new List<(string, string)>
        {
            ("Scenario", $"{result.Scenario.FileName}, SHA-256 {result.Scenario.Sha256}"),
            ("Engine", $"DigitalTwin {result.Engine.Version}, device {result.Engine.Device}"),
            ("Seed", result.Engine.Seed.ToString(CultureInfo.InvariantCulture)),
        };
        if (result.TwinModel is { } model)
        {
            terms.Add(("Twin model", $"{model.Name}, {model.MemberCount} members, {model.FoldCount} folds, trained on {model.TrainingCount} subjects, SHA-256 {model.Sha256}"));
        }

        page.Terms(terms, "terms");
        foreach (var input in result.Inputs)
        {
            page.Heading(input.Title);
            page.Terms(
                [
                    ("Source", input.Provenance),
                    ("Licence", input.Licence),
                    ("Manifest SHA-256", input.ManifestSha256),
                    .. input.Tables.Select(t => ($"Table {t.Name}", $"{ReportNumbers.Count(t.RowCount)} rows, SHA-256 {t.Sha256}")),
                ],
                "terms");
        }

        page.Paragraph("run.json beside this report holds the hash chain of scenario, inputs, parameters and outputs, and the command that repeats the run.");
        page.EndSection();
    }
}
