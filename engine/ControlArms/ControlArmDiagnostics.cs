using System.Globalization;
using DigitalTwin.Numerics.Balance;
using DigitalTwin.Numerics.Weighting;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.ControlArms;

/// <summary>Judges a weighted control arm: balance of every covariate of the trial, effective sample sizes, and doubts in words.</summary>
public static class ControlArmDiagnostics
{
    /// <summary>Absolute standardized mean difference above which a covariate counts as unbalanced [Austin2009].</summary>
    public const double BalanceThreshold = 0.1;

    private const double SmallEffectiveSampleSize = 30;
    private const double SmallShareOfControl = 0.2;
    private const double LargeShareOfArm = 0.05;
    private const double LargeShareOutsideSupport = 0.05;

    /// <summary>The control arm with its evidence.</summary>
    /// <param name="methodId">The scenario's name of the method.</param>
    /// <param name="trial">The trial that was weighted.</param>
    /// <param name="population">Decides which deviation divides the standardized differences.</param>
    /// <param name="weights">What the method made.</param>
    /// <param name="warnings">Doubts the method has found itself; null = none.</param>
    public static ControlArm Judge(
        string methodId, TrialData trial, EstimandPopulation population, SubjectWeights weights, IReadOnlyList<StudyWarning>? warnings = null)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ArgumentNullException.ThrowIfNull(weights);
        var balance = Balance(trial, population, weights.Values);
        var treatedSize = EffectiveSampleSize.Of(weights.Values, trial.Treated, arm: true);
        var controlSize = EffectiveSampleSize.Of(weights.Values, trial.Treated, arm: false);
        return new ControlArm(
            methodId, weights, balance, treatedSize, controlSize, [.. warnings ?? [], .. Warnings(methodId, trial, weights, balance, controlSize)]);
    }

    private static List<BalanceRow> Balance(TrialData trial, EstimandPopulation population, double[] weights)
    {
        var deviation = population == EstimandPopulation.Att ? StandardizingDeviation.Treated : StandardizingDeviation.Pooled;
        var rows = new List<BalanceRow>();
        for (var j = 0; j < trial.Covariates.ColumnCount; j++)
        {
            var column = trial.Covariates.Columns[j];
            var values = trial.Covariates.CopyColumn(j);
            var before = CovariateBalance.Of(values, trial.Treated, [], column.IsBinary, deviation);
            var after = CovariateBalance.Of(values, trial.Treated, weights, column.IsBinary, deviation);
            rows.Add(new BalanceRow(
                column.Variable,
                column.Level,
                after.MeanTreated,
                before.MeanControl,
                after.MeanControl,
                before.StandardizedMeanDifference,
                after.StandardizedMeanDifference,
                before.VarianceRatio,
                after.VarianceRatio,
                before.KolmogorovSmirnov,
                after.KolmogorovSmirnov));
        }

        return rows;
    }

    private static IEnumerable<StudyWarning> Warnings(
        string methodId, TrialData trial, SubjectWeights weights, List<BalanceRow> balance, double controlSize)
    {
        if (controlSize < SmallEffectiveSampleSize || controlSize < SmallShareOfControl * trial.ControlCount)
        {
            yield return Warning(
                "low-effective-sample-size",
                $"The control arm of {trial.ControlCount} subjects is worth {controlSize:F1} after weighting.");
        }

        var unbalanced = balance.Where(r => Math.Abs(r.SmdAfter) > BalanceThreshold).ToList();
        if (unbalanced.Count > 0)
        {
            var names = string.Join(", ", unbalanced.Select(r => string.Create(
                CultureInfo.InvariantCulture, $"{r.Variable}{(r.Level is null ? "" : $" = {r.Level}")} ({r.SmdAfter:F2})")));
            yield return Warning("covariate-imbalance", $"In this control arm the standardized difference passes {BalanceThreshold} for {names}.");
        }

        var largest = LargestShare(trial, weights.Values);
        if (largest > LargeShareOfArm)
        {
            yield return Warning("extreme-weights", $"One control subject carries {100 * largest:F1} % of the weight of its arm.");
        }

        var unused = trial.Treated.Where((t, i) => t && weights.Values[i] == 0).Count();
        if (unused > 0)
        {
            yield return Warning(
                "treated-left-out",
                $"{unused} of {trial.TreatedCount} treated subjects have no weight: the effect is not that of all treated.");
        }

        if (weights.PropensityScores is { } scores
            && OverlapAssessment.Of(scores, trial.Treated) is { ShareOfTreatedOutsideSupport: > LargeShareOutsideSupport } overlap)
        {
            yield return Warning(
                "poor-overlap",
                $"{100 * overlap.ShareOfTreatedOutsideSupport:F1} % of the treated have a propensity score that no control subject reaches.");
        }

        StudyWarning Warning(string code, FormattableString message) => new(code, message.ToString(CultureInfo.InvariantCulture), methodId);
    }

    private static double LargestShare(TrialData trial, double[] weights)
    {
        double sum = 0;
        double largest = 0;
        for (var i = 0; i < weights.Length; i++)
        {
            if (!trial.Treated[i])
            {
                sum += weights[i];
                largest = Math.Max(largest, weights[i]);
            }
        }

        return sum == 0 ? 0 : largest / sum;
    }
}
