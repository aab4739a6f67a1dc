namespace DigitalTwin.Numerics.Survival;

/// <summary>Survival of a subject at a time, as a model predicts it.</summary>
/// <param name="subject">Row number.</param>
/// <param name="time">In the unit of the follow-up.</param>
public delegate double PredictedSurvival(int subject, double time);

/// <summary>Antolini's concordance: how often the subject with the earlier event has the lower predicted survival at that time. It judges whole curves,
/// which may cross; for proportional hazards it is Harrell's.</summary>
public static class TimeDependentConcordance
{
    /// <param name="times">Follow-up, shape [subjects], any one unit, finite and not negative.</param>
    /// <param name="events">Whether follow-up ended with the event, shape [subjects].</param>
    /// <param name="survival">Predicted survival; called once for each event and subject.</param>
    /// <returns>Between 0 and 1; pairs of equal survival count one half; NaN when no pair can be compared.</returns>
    /// <exception cref="ArgumentException">Lengths differ, or an entry is out of range; the message names it.</exception>
    /// <remarks>Source: [Antolini2005], ties as in [Kvamme2019]. A pair can be compared when the earlier time is an event; a censored time counts as later than
    /// an event at the same time. Cost O(events * n).</remarks>
    public static double Estimate(ReadOnlySpan<double> times, ReadOnlySpan<bool> events, PredictedSurvival survival)
    {
        SurvivalInput.CheckFollowUp(times, events);
        ArgumentNullException.ThrowIfNull(survival);
        var (agreement, total) = (0.0, 0L);
        for (var i = 0; i < times.Length; i++)
        {
            if (!events[i])
            {
                continue;
            }

            var own = survival(i, times[i]);
            for (var j = 0; j < times.Length; j++)
            {
                if (times[j] > times[i] || (times[j] == times[i] && !events[j]))
                {
                    var other = survival(j, times[i]);
                    agreement += own < other ? 1 : own == other ? 0.5 : 0;
                    total++;
                }
            }
        }

        return total > 0 ? agreement / total : double.NaN;
    }
}
