namespace DigitalTwin.Numerics.Survival;

/// <summary>Harrell's concordance: how often the subject with the higher risk score has the earlier event [Harrell1996].</summary>
public static class Concordance
{
    /// <summary>Counts the comparable pairs; ties in the score count one half.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="riskScores">Higher means an earlier event expected, for instance a linear predictor; shape [subjects], finite.</param>
    /// <param name="weights">Shape [subjects], or empty for all one; a pair counts the product of its weights.</param>
    /// <returns>The concordance is NaN when no pair can be compared.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <remarks>A pair can be compared when the earlier time is an event, and a censored time counts as later than an event at the same time;
    /// standard error by the infinitesimal jackknife, as R's concordance. Cost O(n log n).</remarks>
    public static ConcordanceEstimate Estimate(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> riskScores, ReadOnlySpan<double> weights = default)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckFinite(riskScores, times.Length, "risk score", nameof(riskScores));
        weights = weights.IsEmpty ? SurvivalInput.Ones(times.Length) : weights;
        SurvivalInput.CheckWeights(weights, times.Length);
        var pairs = new ConcordancePairs(RiskTable.Of(times, events, weights), events, riskScores, weights);
        return pairs.Estimate(weights);
    }
}

/// <summary>A concordance with the weighted pairs it came from.</summary>
/// <param name="Value">Between 0 and 1; one half is no better than chance.</param>
/// <param name="StandardError">By the infinitesimal jackknife.</param>
/// <param name="Concordant">Pairs in the order the scores say.</param>
/// <param name="Discordant">Pairs in the other order.</param>
/// <param name="TiedScores">Comparable pairs of equal scores.</param>
public sealed record ConcordanceEstimate(double Value, double StandardError, double Concordant, double Discordant, double TiedScores);
