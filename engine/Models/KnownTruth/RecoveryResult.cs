using DigitalTwin.Models.Effects;

namespace DigitalTwin.Models.KnownTruth;

/// <summary>What one replicate said.</summary>
/// <param name="Effect">Average effect by doubly robust scores of the randomised trial.</param>
/// <param name="Unadjusted">Plain difference of shares in the trial.</param>
/// <param name="ExternalNaive">The trial's treated against the external controls as they are; null without them.</param>
/// <param name="ExternalAdjusted">The same, doubly robust with a propensity model; null without them.</param>
/// <param name="Correlation">Of predicted (doubly robust learner) and true effects of subjects not trained on.</param>
/// <param name="SeparateCorrelation">The same for separate models of the arms.</param>
/// <param name="Slope">Regression of true on predicted effects: 1 where predictions mean what they say, NaN where they are all equal.</param>
/// <param name="PolicyGain">True gain of treating the half predicted to gain most, over a random half.</param>
public sealed record RecoveryReplicate(
    AverageEffect Effect,
    AverageEffect Unadjusted,
    AverageEffect? ExternalNaive,
    AverageEffect? ExternalAdjusted,
    double Correlation,
    double SeparateCorrelation,
    double Slope,
    double PolicyGain);

/// <summary>How one estimator of the average effect did over replicates.</summary>
/// <param name="Name">Of the estimator.</param>
/// <param name="MeanEstimate">Over replicates.</param>
/// <param name="Bias">Mean estimate less the truth.</param>
/// <param name="EmpiricalError">Standard deviation of the estimates.</param>
/// <param name="MeanStandardError">Mean of the stated standard errors: like the empirical one where intervals are honest.</param>
/// <param name="Coverage">Share of intervals that hold the truth.</param>
/// <param name="CoverageError">Standard error of that share from the number of replicates.</param>
public sealed record EstimatorRecovery(
    string Name, double MeanEstimate, double Bias, double EmpiricalError, double MeanStandardError, double Coverage, double CoverageError);

/// <summary>Mean over replicates of something that each of them measured.</summary>
/// <param name="Mean">Over the replicates that could measure it.</param>
/// <param name="StandardError">Of the mean, from the number of replicates.</param>
/// <param name="Count">Replicates that could measure it: a slope needs predictions that differ.</param>
public sealed record ReplicateMean(double Mean, double StandardError, int Count)
{
    internal static ReplicateMean Of(IEnumerable<double> values)
    {
        double[] told = [.. values.Where(double.IsFinite)];
        if (told.Length < 2)
        {
            return new ReplicateMean(told.Length == 1 ? told[0] : double.NaN, double.NaN, told.Length);
        }

        var mean = told.Average();
        return new ReplicateMean(mean, Math.Sqrt(told.Sum(v => (v - mean) * (v - mean)) / (told.Length - 1) / told.Length), told.Length);
    }
}

/// <summary>What all replicates said.</summary>
/// <param name="Truth">Average effect in the population.</param>
/// <param name="TruthError">Its standard error, by simulation.</param>
/// <param name="Estimators">One a row.</param>
/// <param name="Replicates">Shape [replicates].</param>
public sealed record RecoveryResult(double Truth, double TruthError, IReadOnlyList<EstimatorRecovery> Estimators, IReadOnlyList<RecoveryReplicate> Replicates)
{
    /// <summary>Of predicted and true effects, by the doubly robust learner.</summary>
    public ReplicateMean Correlation => ReplicateMean.Of(Replicates.Select(r => r.Correlation));

    /// <summary>The same by separate models of the arms.</summary>
    public ReplicateMean SeparateCorrelation => ReplicateMean.Of(Replicates.Select(r => r.SeparateCorrelation));

    /// <summary>Of true on predicted effects.</summary>
    public ReplicateMean Slope => ReplicateMean.Of(Replicates.Select(r => r.Slope));

    /// <summary>True gain of treating the half predicted to gain most, over a random half.</summary>
    public ReplicateMean PolicyGain => ReplicateMean.Of(Replicates.Select(r => r.PolicyGain));

    internal static RecoveryResult Of(double truth, double truthError, RecoveryReplicate[] replicates)
    {
        var rows = new List<EstimatorRecovery>
        {
            Row("doubly robust, randomised", truth, [.. replicates.Select(r => r.Effect)]),
            Row("difference of shares, randomised", truth, [.. replicates.Select(r => r.Unadjusted)]),
        };
        if (replicates[0].ExternalNaive is not null)
        {
            rows.Add(Row("difference of shares, external control", truth, [.. replicates.Select(r => r.ExternalNaive!)]));
            rows.Add(Row("doubly robust, external control", truth, [.. replicates.Select(r => r.ExternalAdjusted!)]));
        }

        return new RecoveryResult(truth, truthError, rows, replicates);
    }

    private static EstimatorRecovery Row(string name, double truth, AverageEffect[] effects)
    {
        var mean = effects.Average(e => e.Estimate);
        var coverage = effects.Count(e => e.Lower <= truth && truth <= e.Upper) / (double)effects.Length;
        return new EstimatorRecovery(
            name,
            mean,
            mean - truth,
            Math.Sqrt(effects.Sum(e => (e.Estimate - mean) * (e.Estimate - mean)) / (effects.Length - 1)),
            effects.Average(e => e.StandardError),
            coverage,
            Math.Sqrt(coverage * (1 - coverage) / effects.Length));
    }
}
