using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Explanation.Attribution;

/// <summary>Why a prediction is what it is: contributions of features that add up to its difference from a baseline.</summary>
/// <param name="Subject">Of whom.</param>
/// <param name="Features">The greatest first; equal ones in the order of their names.</param>
/// <param name="Baseline">The quantity at the baseline, mean over members.</param>
/// <param name="Output">The quantity of the subject, mean over members.</param>
/// <param name="Gap">Output - baseline - sum of the contributions: 0 for exact methods, within the stated tolerance for a path.</param>
/// <param name="Method">How it was found, and against which baseline.</param>
public sealed record PredictionAttribution(
    SubjectId Subject, IReadOnlyList<FeatureAttribution> Features, double Baseline, double Output, double Gap, string Method)
{
    /// <summary>Contributions summed by layer, covariates and treatment.</summary>
    public IReadOnlyList<FeatureAttribution> BySource() => Ordered(
        from feature in Features
        group feature by feature.Feature.Source into source
        select new FeatureAttribution(new FeatureName(source.Key, "all"), Sum(source)));

    internal static double[] Sum(IEnumerable<FeatureAttribution> features)
    {
        double[]? sum = null;
        foreach (var feature in features)
        {
            sum ??= new double[feature.Members.Count];
            for (var m = 0; m < sum.Length; m++)
            {
                sum[m] += feature.Members[m];
            }
        }

        return sum ?? [0];
    }

    internal static FeatureAttribution[] Ordered(IEnumerable<FeatureAttribution> features) =>
        [.. features.OrderByDescending(f => Math.Abs(f.Value)).ThenBy(f => f.Feature.ToString(), StringComparer.Ordinal)];
}
