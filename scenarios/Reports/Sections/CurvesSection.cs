using DigitalTwin.Scenarios.Reports.Plots;
using DigitalTwin.Scenarios.Results;

namespace DigitalTwin.Scenarios.Reports.Sections;

/// <summary>Survival curves of the treated arm and of the control arm by the primary method, with subjects at risk.</summary>
internal static class CurvesSection
{
    public static void Write(ReportPage page, ReportContext context)
    {
        var curves = Choose(context);
        if (curves.Count == 0)
        {
            return;
        }

        page.Section("curves", "Survival curves");
        page.Figure(
            [Plot(context, "curves-plot", curves)],
            $"{context.Result.Endpoint.Label}. Bands are pointwise {Level(curves)} limits. Numbers at risk of weighted curves are sums of weights. The twins' curve is a forecast, not an observation.");
        page.EndSection();
    }

    public static string Plot(ReportContext context, string key, IReadOnlyList<(SurvivalCurve Curve, string Style)> curves)
    {
        var horizon = context.Result.Endpoint.Horizon?.Days ?? curves.Max(c => c.Curve.Days.LastOrDefault());
        return new SurvivalPlot(
            key, curves, context.Result.Endpoint.Label, $"Time from start, {context.Numbers.UnitName}", context.Numbers.InUnit, horizon).Draw();
    }

    /// <summary>One curve of each kind: those without a method, and those of the primary method.</summary>
    public static IReadOnlyList<(SurvivalCurve Curve, string Style)> Choose(ReportContext context)
    {
        var primary = context.Primary.Estimate.MethodId;
        return
        [
            .. context.Result.Curves
                .Where(c => c.MethodId is null || c.MethodId == primary || c.Kind == CurveKind.TwinPredicted)
                .OrderBy(c => c.Kind is CurveKind.Unweighted ? CurveKind.Revealed : c.Kind)
                .Select(c => (c, Style(c.Kind))),
        ];
    }

    private static string Level(IReadOnlyList<(SurvivalCurve Curve, string Style)> curves) =>
        curves.Select(c => c.Curve.Level).FirstOrDefault(l => l is not null) is { } level ? ReportNumbers.Level(level) : "confidence";

    private static string Style(CurveKind kind) => kind switch
    {
        CurveKind.Observed => "treated",
        CurveKind.Weighted => "control",
        CurveKind.TwinPredicted => "twin",
        CurveKind.Revealed => "reveal",
        _ => "faint",
    };
}
