using DigitalTwin.Models;
using DigitalTwin.Scenarios.Reports.Plots;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>Can the twins be believed: calibration and discrimination on subjects the model had not seen.</summary>
internal static class TwinModelSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        if (context.Result.TwinModel is not { } model)
        {
            return;
        }

        page.Section("twins", "Can the twins be believed?");
        page.Paragraph(model.Description);
        page.Paragraph("All figures below are out of fold: each subject was predicted by models that had not seen it.");
        var plots = model.Validation.Where(v => v.CalibrationCurve.Count > 0).Select((v, i) => Calibration(context, v, i)).ToArray();
        if (plots.Length > 0)
        {
            page.Figure(plots, "Calibration: predicted against observed by groups of predicted value, with 95 % limits. On the diagonal the twins are right on average.");
        }

        WriteSummary(page, context, model);
        WriteAtTimes(page, context, model);
        page.EndSection();
    }

    private static string Calibration(ReportContext context, TwinArmValidation validation, int index)
    {
        var endpoint = context.Result.Endpoint;
        var isProbability = endpoint.Kind != EndpointKind.Continuous;
        var quantity = !isProbability ? "value" : endpoint.Horizon is { } horizon ? $"risk at {context.Numbers.Time(horizon)}" : "risk";
        var arm = Arm(context, validation.Arm);
        return new CalibrationPlot(
            $"calibration-{index}", arm?.Label ?? validation.Arm.Value, validation.CalibrationCurve, quantity, isProbability, arm?.Role == ArmRole.Treated ? "treated" : "twin").Draw();
    }

    private static void WriteSummary(ReportPage page, ReportContext context, TwinModelResult model) => page.Table(
        "Performance of the twins. Concordance (or AUC): 0.5 is chance, 1 perfect. Calibration slope: 1 is ideal, below 1 the forecasts are too extreme. Intercept: 0 is ideal.",
        ["Arm", "#Subjects", "#Events", "#Concordance (s.e.)", "#Calibration slope (s.e.)", "#Calibration intercept (s.e.)", "#R squared"],
        model.Validation.Select(v => (string[])[
            Arm(context, v.Arm)?.Label ?? v.Arm.Value,
            ReportNumbers.Count(v.SubjectCount),
            ReportNumbers.Count(v.EventCount),
            v.Discrimination is { } c ? WithError(c, v.DiscriminationStandardError) : "–",
            WithError(v.CalibrationSlope, v.CalibrationSlopeStandardError),
            WithError(v.CalibrationIntercept, v.CalibrationInterceptStandardError),
            v.RSquared is { } r ? ReportNumbers.Fixed(r, 3) : "–",
        ]));

    private static void WriteAtTimes(ReportPage page, ReportContext context, TwinModelResult model)
    {
        if (model.Validation.All(v => v.AtTimes.Count == 0))
        {
            return;
        }

        page.Table(
            "Discrimination and Brier score by time. The Brier score is the mean squared error of the forecast risk; the reference forecasts everybody alike.",
            ["Arm", "#Time", "#AUC", "#Brier score", "#Reference", "#Better by"],
            model.Validation.SelectMany(v => v.AtTimes.Select(at => (string[])[
                Arm(context, v.Arm)?.Label ?? v.Arm.Value,
                at.Time is { } time ? context.Numbers.Time(time) : "–",
                ReportNumbers.Fixed(at.Auc, 3),
                ReportNumbers.Fixed(at.Brier, 4),
                ReportNumbers.Fixed(at.BrierReference, 4),
                ReportNumbers.Percent(1 - (at.Brier / at.BrierReference)),
            ])));
    }

    private static ArmResult? Arm(ReportContext context, ArmId id) => context.Result.Arms.FirstOrDefault(a => a.Id == id);

    private static string WithError(double value, double? error) =>
        error is { } e && double.IsFinite(e) ? $"{ReportNumbers.Fixed(value, 3)} ({ReportNumbers.Fixed(e, 3)})" : ReportNumbers.Fixed(value, 3);
}
