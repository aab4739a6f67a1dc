using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>The answer of a run in sentences a clinician reads first.</summary>
internal static class AnswerText
{
    /// <summary>The primary estimate in one sentence, which claims no more than its interval allows.</summary>
    public static string Headline(ReportContext context)
    {
        var estimate = context.Primary.Estimate;
        if (!double.IsFinite(estimate.Value))
        {
            return "The primary estimate could not be computed; see the warnings.";
        }

        var treated = context.Treated.Label;
        var control = ReportContext.InSentence(context.Result.Estimand.Comparator);
        return ExcludesNoEffect(estimate)
            ? $"{treated} {Effect(context, estimate)} compared with control ({control})."
            : $"The data do not settle whether {ReportContext.InSentence(treated)} {Question(context, estimate.Measure)} compared with control ({control}): the interval holds both benefit and harm.";
    }

    /// <summary>True when the interval lies wholly on one side of no effect.</summary>
    public static bool ExcludesNoEffect(EffectEstimate estimate)
    {
        var none = ReportContext.NoEffect(estimate.Measure);
        return estimate.Interval.Lower > none || estimate.Interval.Upper < none;
    }

    /// <summary>What the estimate would mean for a hundred subjects, from the same method's absolute measures; null when it has none.</summary>
    public static string? Absolute(ReportContext context)
    {
        var methodId = context.Primary.Estimate.MethodId;
        var difference = context.Result.Estimates
            .Where(e => e.Estimate.MethodId == methodId && e.Estimate.Measure is SummaryMeasure.SurvivalDifference or SummaryMeasure.RiskDifference)
            .OrderByDescending(e => e.Estimate.Time?.Days ?? 0)
            .Select(e => e.Estimate)
            .FirstOrDefault(e => double.IsFinite(e.Value));
        if (difference is null || difference.MethodId != methodId)
        {
            return null;
        }

        var of = difference.Measure == SummaryMeasure.SurvivalDifference ? $"without {context.EventName}" : $"with {context.EventName}";
        var at = difference.Time is { } time ? $" at {context.Numbers.Time(time)}" : string.Empty;
        var more = difference.Value >= 0 ? "more" : "fewer";
        var interval = $"{ReportNumbers.Fixed(100 * difference.Interval.Lower, 0)} to {ReportNumbers.Fixed(100 * difference.Interval.Upper, 0)}";
        return $"In absolute terms: about {ReportNumbers.Fixed(Math.Abs(100 * difference.Value), 0)} {more} subjects in 100 {of}{at} (difference {interval} in 100).";
    }

    private static string Effect(ReportContext context, EffectEstimate estimate)
    {
        var up = estimate.Value > ReportContext.NoEffect(estimate.Measure);
        var share = ReportNumbers.Percent(Math.Abs(1 - estimate.Value), 0);
        var amount = context.Numbers.Value(estimate.Measure, Math.Abs(estimate.Value)) + context.Numbers.UnitOf(estimate.Measure);
        var at = estimate.Time is { } time ? $" at {context.Numbers.Time(time)}" : string.Empty;
        return estimate.Measure switch
        {
            SummaryMeasure.HazardRatio => $"{(up ? "raises" : "lowers")} the hazard of {context.EventName} by an estimated {share}",
            SummaryMeasure.OddsRatio => $"{(up ? "raises" : "lowers")} the odds of {context.EventName} by an estimated {share}",
            SummaryMeasure.RmstDifference => $"{(up ? "lengthens" : "shortens")} the mean time without {context.EventName} by an estimated {amount} over {(estimate.Time is { } t ? context.Numbers.Time(t) : "the follow-up")}",
            SummaryMeasure.SurvivalDifference => $"{(up ? "raises" : "lowers")} the share of subjects without {context.EventName}{at} by an estimated {amount}",
            SummaryMeasure.RiskDifference => $"{(up ? "raises" : "lowers")} the risk of {context.EventName}{at} by an estimated {amount}",
            _ => $"{(up ? "raises" : "lowers")} {ReportContext.InSentence(context.Result.Endpoint.Label)} by an estimated {amount}",
        };
    }

    private static string Question(ReportContext context, SummaryMeasure measure) => measure switch
    {
        SummaryMeasure.HazardRatio => $"changes the hazard of {context.EventName}",
        SummaryMeasure.OddsRatio => $"changes the odds of {context.EventName}",
        SummaryMeasure.RmstDifference => $"changes the mean time without {context.EventName}",
        SummaryMeasure.SurvivalDifference => $"changes the share of subjects without {context.EventName}",
        SummaryMeasure.RiskDifference => $"changes the risk of {context.EventName}",
        _ => $"changes {ReportContext.InSentence(context.Result.Endpoint.Label)}",
    };
}
