using DigitalTwin.Numerics.Distributions;
using DigitalTwin.Numerics.LinearAlgebra;
using DigitalTwin.Numerics.Survival;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Trials;

/// <summary>The unadjusted analysis of one simulated, randomised trial.</summary>
internal static class ReplicateAnalysis
{
    public static ReplicateResult? Survival(double[] days, bool[] events, bool[] treated, SuccessCriterion criterion) => criterion.Measure switch
    {
        SummaryMeasure.HazardRatio => HazardRatio(days, events, treated, criterion),
        SummaryMeasure.RmstDifference or SummaryMeasure.SurvivalDifference => Contrast(days, events, treated, criterion),
        _ => throw Misfit(criterion.Measure, "time-to-event"),
    };

    public static ReplicateResult? Binary(bool[] occurred, bool[] treated, SuccessCriterion criterion)
    {
        double treatedCount = treated.Count(t => t), controlCount = treated.Length - treatedCount;
        double treatedEvents = 0, controlEvents = 0;
        for (var i = 0; i < occurred.Length; i++)
        {
            treatedEvents += occurred[i] && treated[i] ? 1 : 0;
            controlEvents += occurred[i] && !treated[i] ? 1 : 0;
        }

        double p1 = treatedEvents / treatedCount, p0 = controlEvents / controlCount;
        if (criterion.Measure == SummaryMeasure.RiskDifference)
        {
            return Judge(p1 - p0, Math.Sqrt((p1 * (1 - p1) / treatedCount) + (p0 * (1 - p0) / controlCount)), criterion);
        }

        if (criterion.Measure != SummaryMeasure.OddsRatio)
        {
            throw Misfit(criterion.Measure, "binary");
        }

        if (p1 is 0 or 1 || p0 is 0 or 1)
        {
            return null;
        }

        // Woolf's variance of the log odds ratio [Woolf1955].
        var logRatio = Math.Log(p1 / (1 - p1)) - Math.Log(p0 / (1 - p0));
        var variance = (1 / (treatedCount * p1 * (1 - p1))) + (1 / (controlCount * p0 * (1 - p0)));
        return Judge(logRatio, Math.Sqrt(variance), criterion);
    }

    public static ReplicateResult? Continuous(double[] values, bool[] treated, SuccessCriterion criterion)
    {
        if (criterion.Measure != SummaryMeasure.MeanDifference)
        {
            throw Misfit(criterion.Measure, "continuous");
        }

        var (treatedMean, treatedVariance) = MeanAndVarianceOfMean(values, treated, arm: true);
        var (controlMean, controlVariance) = MeanAndVarianceOfMean(values, treated, arm: false);
        return Judge(treatedMean - controlMean, Math.Sqrt(treatedVariance + controlVariance), criterion);
    }

    private static ReplicateResult? HazardRatio(double[] days, bool[] events, bool[] treated, SuccessCriterion criterion)
    {
        var indicator = Array.ConvertAll(treated, t => t ? 1.0 : 0);
        var fit = CoxRegression.Fit(days, events, new RowMajorMatrix(indicator, treated.Length, 1));
        return fit.Status == CoxStatus.Converged ? Judge(fit.Coefficients[0], fit.StandardErrors[0], criterion) : null;
    }

    private static ReplicateResult? Contrast(double[] days, bool[] events, bool[] treated, SuccessCriterion criterion)
    {
        var time = criterion.Time?.Days ?? throw new ArgumentException($"The measure {criterion.Measure} needs a time.");
        if (LongestFollowUp(days, treated, arm: true) < time || LongestFollowUp(days, treated, arm: false) < time)
        {
            return null;
        }

        var contrast = criterion.Measure == SummaryMeasure.RmstDifference
            ? SurvivalContrast.RestrictedMean(days, events, treated, time, variance: CurveVariance.Greenwood)
            : SurvivalContrast.SurvivalAt(days, events, treated, time, variance: CurveVariance.Greenwood);
        return double.IsFinite(contrast.StandardError) ? Judge(contrast.Difference, contrast.StandardError, criterion) : null;
    }

    private static double LongestFollowUp(double[] days, bool[] treated, bool arm) => days.Where((_, i) => treated[i] == arm).Max();

    private static ReplicateResult Judge(double estimate, double standardError, SuccessCriterion criterion)
    {
        var half = Normal.Quantile(0.5 + (criterion.Level / 2)) * standardError;
        double value = estimate, lower = estimate - half, upper = estimate + half;
        if (EffectEstimate.IsRatio(criterion.Measure))
        {
            (value, lower, upper) = (Math.Exp(value), Math.Exp(lower), Math.Exp(upper));
        }

        return new ReplicateResult(value, criterion.IsMet(value, lower, upper));
    }

    private static (double Mean, double Variance) MeanAndVarianceOfMean(double[] values, bool[] treated, bool arm)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i] == arm)
            {
                sum += values[i];
                count++;
            }
        }

        var mean = sum / count;
        for (var i = 0; i < values.Length; i++)
        {
            squares += treated[i] == arm ? (values[i] - mean) * (values[i] - mean) : 0;
        }

        return (mean, squares / (count - 1) / count);
    }

    private static ArgumentException Misfit(SummaryMeasure measure, string endpoint) =>
        new($"The measure {measure} does not fit a {endpoint} endpoint.");
}
