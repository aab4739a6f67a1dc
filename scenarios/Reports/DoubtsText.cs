using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Reports;

/// <summary>What speaks for and against believing the answer, each with its number.</summary>
internal static class DoubtsText
{
    /// <summary>Absolute standardized mean difference from which a covariate counts as out of balance. Source: [Austin2009].</summary>
    public const double BalanceLimit = 0.1;

    public static IEnumerable<string> Of(ReportContext context)
    {
        yield return Unmeasured(context);
        if (Balance(context) is { } balance)
        {
            yield return balance;
        }

        if (context.PrimaryArm is { ControlCount: > 0 } arm)
        {
            yield return $"Information: the {ReportNumbers.Count(arm.ControlCount)} control subjects carry the weight of {ReportNumbers.Count(arm.EssControl)} (effective sample size).";
        }

        if (Agreement(context) is { } agreement)
        {
            yield return agreement;
        }

        if (Reveal(context) is { } reveal)
        {
            yield return reveal;
        }

        if (context.Result.Warnings.Count > 0)
        {
            yield return $"Warnings: {context.Result.Warnings.Count} raised by this run; they stand below and must be read with the answer.";
        }
    }

    private static string Unmeasured(ReportContext context)
    {
        var start = context.PrimaryArm?.Kind == ControlArmKind.Concurrent
            ? "Same source: treated and control subjects come from one cohort. Unless chance alone assigned the treatment, a factor nobody measured may explain part of the difference."
            : "Not randomised: treated and control subjects come from different sources, so a factor nobody measured may explain part of the difference.";
        return context.Primary.EValue is not { } e ? start
            : $"{start} To explain the whole estimate it would have to be tied to treatment and outcome alike by a risk ratio of {ReportNumbers.Fixed(e.Point, 2)}; "
                + (e.Limit > 1 ? $"{ReportNumbers.Fixed(e.Limit, 2)} would be enough to move the interval to no effect (E-value)." : "the interval includes no effect already (E-value).");
    }

    private static string? Balance(ReportContext context)
    {
        var rows = context.PrimaryArm?.Balance.Where(r => double.IsFinite(r.SmdAfter)).ToArray();
        if (rows is not { Length: > 0 })
        {
            return null;
        }

        var worst = rows.MaxBy(r => Math.Abs(r.SmdAfter))!;
        var above = rows.Count(r => Math.Abs(r.SmdAfter) > BalanceLimit);
        var largest = $"the largest standardized difference left is {ReportNumbers.Fixed(Math.Abs(worst.SmdAfter), 2)} ({context.CovariateLabel(worst)})";
        return above == 0
            ? $"Balance: {largest}; all {rows.Length} measured covariates are within {ReportNumbers.Short(BalanceLimit)}."
            : $"Balance: {largest}; {above} of {rows.Length} measured covariates stay above {ReportNumbers.Short(BalanceLimit)}.";
    }

    private static string? Agreement(ReportContext context)
    {
        var primary = context.Primary.Estimate;
        var others = context.Result.Estimates.Select(e => e.Estimate)
            .Where(e => e.Measure == primary.Measure && e.Time == primary.Time && e.MethodId != primary.MethodId && double.IsFinite(e.Value)).ToArray();
        if (others.Length == 0)
        {
            return null;
        }

        var none = ReportContext.NoEffect(primary.Measure);
        var agree = others.Count(e => e.Value > none == primary.Value > none);
        var range = $"{context.Numbers.Value(primary.Measure, others.Min(e => e.Value))} to {context.Numbers.Value(primary.Measure, others.Max(e => e.Value))}";
        return $"Other methods: {agree} of {others.Length} point the same way, from {range}{context.Numbers.UnitOf(primary.Measure)}.";
    }

    private static string? Reveal(ReportContext context)
    {
        var truth = context.Result.Reveal?.TruthOf(context.Primary.Estimate);
        var comparison = context.Result.Reveal?.Comparisons.FirstOrDefault(c => c.EstimateId == context.Primary.Id);
        return truth is null || comparison is null ? null
            : $"Checked against the truth: with the real randomised control arm the figure is {context.Numbers.Value(truth.Measure, truth.Value, 1)} ({context.Numbers.Interval(truth, 1)}); "
                + $"the interval of this study {(comparison.IntervalCovers ? "covers" : "does not cover")} it.";
    }
}
