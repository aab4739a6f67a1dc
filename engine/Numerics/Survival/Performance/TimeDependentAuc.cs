using System.Globalization;

namespace DigitalTwin.Numerics.Survival;

/// <summary>Cumulative/dynamic area under the ROC curve: how well a score separates those with the event by a time from those without.</summary>
public static class TimeDependentAuc
{
    /// <summary>Estimates the area at one time; censoring is undone by inverse probability weights.</summary>
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="riskScores">Higher means an earlier event expected; shape [subjects], finite.</param>
    /// <param name="time">Cases have the event up to and at it, controls are followed past it.</param>
    /// <returns>The area, NaN without a case or a control; ties in the score count one half.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <remarks>Source: [Uno2007]; a case weighs 1/G(T-), G the Kaplan-Meier estimate of being followed, taken to depend on no covariate.
    /// Cost O(n log n).</remarks>
    public static AucEstimate At(
        ReadOnlySpan<double> times, ReadOnlySpan<bool> events, ReadOnlySpan<double> riskScores, double time)
    {
        SurvivalInput.CheckFollowUp(times, events);
        SurvivalInput.CheckFinite(riskScores, times.Length, "risk score", nameof(riskScores));
        if (!double.IsFinite(time))
        {
            throw new ArgumentOutOfRangeException(nameof(time), time, string.Create(CultureInfo.InvariantCulture, $"{time} is not finite."));
        }

        var censoring = new CensoringDistribution(times, events);
        var controls = SortedControls(times, riskScores, time);
        var (agreement, caseWeight, caseCount) = (0.0, 0.0, 0);
        for (var i = 0; i < times.Length; i++)
        {
            if (events[i] && times[i] <= time)
            {
                var weight = 1 / censoring.Before(times[i]);
                var below = FirstAtLeast(controls, riskScores[i]);
                var notAbove = FirstAbove(controls, riskScores[i]);
                agreement += weight * (below + notAbove) / 2;
                caseWeight += weight;
                caseCount++;
            }
        }

        return new AucEstimate(time, agreement / (caseWeight * controls.Length), caseCount, controls.Length);
    }

    private static double[] SortedControls(ReadOnlySpan<double> times, ReadOnlySpan<double> riskScores, double time)
    {
        var scores = new List<double>();
        for (var i = 0; i < times.Length; i++)
        {
            if (times[i] > time)
            {
                scores.Add(riskScores[i]);
            }
        }

        scores.Sort();
        return [.. scores];
    }

    private static int FirstAtLeast(double[] sorted, double score)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] < score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int FirstAbove(double[] sorted, double score)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = sorted[middle] <= score ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}

/// <summary>A time-dependent area under the ROC curve.</summary>
/// <param name="Time">In the unit of the follow-up.</param>
/// <param name="Value">Between 0 and 1; one half is no better than chance; NaN without a case or a control.</param>
/// <param name="CaseCount">Subjects with the event by the time.</param>
/// <param name="ControlCount">Subjects followed past the time.</param>
public sealed record AucEstimate(double Time, double Value, int CaseCount, int ControlCount);
