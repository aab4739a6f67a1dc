using DigitalTwin.Numerics.Distributions;

namespace DigitalTwin.Scenarios.Study;

/// <summary>Pointwise limits of a mean curve from its ensemble: the spread of bootstrap members estimates the standard error.</summary>
internal static class EnsembleBand
{
    /// <param name="mean">Shape [times].</param>
    /// <param name="members">Shape [members][times].</param>
    /// <param name="level">Confidence level.</param>
    public static (double[] Lower, double[] Upper) Of(double[] mean, double[][] members, double level)
    {
        var z = Normal.Quantile(0.5 + (level / 2));
        var lower = new double[mean.Length];
        var upper = new double[mean.Length];
        for (var t = 0; t < mean.Length; t++)
        {
            var average = members.Average(m => m[t]);
            var spread = Math.Sqrt(members.Sum(m => (m[t] - average) * (m[t] - average)) / Math.Max(1, members.Length - 1));
            lower[t] = Math.Max(0, mean[t] - (z * spread));
            upper[t] = Math.Min(1, mean[t] + (z * spread));
        }

        return (lower, upper);
    }
}
