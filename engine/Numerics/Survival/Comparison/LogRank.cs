using System.Globalization;
using DigitalTwin.Numerics.LinearAlgebra;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Log-rank test that several groups have one hazard, and its G-rho family [Harrington1982].</summary>
public static class LogRank
{
    /// <summary>Compares the groups, within strata where there are any.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="groups">Label of each subject's group, shape [subjects]; at least two labels.</param>
    /// <param name="strata">Stratum of each subject, shape [subjects], or empty for one.</param>
    /// <param name="rho">Each event counts S(t-)^rho: 0 is the log-rank test, 1 the Peto and Peto test.</param>
    /// <exception cref="ArgumentException">Lengths differ, fewer than two groups, or an entry is out of range.</exception>
    /// <remarks>As R's survdiff. Cost O(n log n + events groups^2).</remarks>
    public static LogRankTest Test(
        ReadOnlySpan<double> times,
        ReadOnlySpan<bool> events,
        ReadOnlySpan<int> groups,
        ReadOnlySpan<int> strata = default,
        double rho = 0)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckLength(times.Length, groups.Length, nameof(groups));
        int[] labels = [.. groups.ToArray().Distinct().Order()];
        if (labels.Length < 2)
        {
            throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"{labels.Length} group; a comparison needs two."), nameof(groups));
        }

        if (!strata.IsEmpty)
        {
            SurvivalInput.CheckLength(times.Length, strata.Length, nameof(strata));
        }

        var sums = new LogRankSums(labels);
        foreach (var stratum in strata.IsEmpty ? new[] { 0 } : [.. strata.ToArray().Distinct().Order()])
        {
            var weights = new double[times.Length];
            for (var i = 0; i < weights.Length; i++)
            {
                weights[i] = strata.IsEmpty || strata[i] == stratum ? 1 : 0;
            }

            sums.Add(RiskTable.Of(times, events, weights), events, groups, rho);
        }

        return sums.ToTest();
    }
}

/// <summary>Outcome of a log-rank test; groups stand in ascending order of their labels.</summary>
/// <param name="Groups">Labels, shape [groups].</param>
/// <param name="Observed">Weighted observed events, shape [groups].</param>
/// <param name="Expected">Weighted expected events, shape [groups].</param>
/// <param name="Covariance">Of observed less expected, shape [groups, groups].</param>
/// <param name="Test">Chi-squared with groups - 1 degrees of freedom, fewer where a group carries no information.</param>
public sealed record LogRankTest(int[] Groups, double[] Observed, double[] Expected, RowMajorMatrix Covariance, ChiSquaredTest Test);
