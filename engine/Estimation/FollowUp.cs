using DigitalTwin.Vocabulary;

namespace DigitalTwin.Estimation;

/// <summary>Refuses to read survival past the data.</summary>
internal static class FollowUp
{
    /// <exception cref="ArgumentOutOfRangeException">A time asked for is not positive or passes the longest follow-up of an arm.</exception>
    public static void Require(TrialData trial, IReadOnlyList<MeasureRequest> requests)
    {
        if (trial.Outcome is not SurvivalOutcome outcome)
        {
            return;
        }

        foreach (var request in requests.Where(r => r.Measure is SummaryMeasure.RmstDifference or SummaryMeasure.SurvivalDifference))
        {
            var day = request.DaysFor(outcome);
            foreach (var arm in (ReadOnlySpan<bool>)[true, false])
            {
                var longest = Longest(trial, outcome, arm);
                if (!(day > 0 && day <= longest))
                {
                    throw new ArgumentOutOfRangeException(
                        nameof(requests),
                        day,
                        FormattableString.Invariant(
                            $"{request.Measure} at day {day} passes the longest follow-up of the {(arm ? "treated" : "control")} arm, day {longest}. ")
                        + "Ask for an earlier time.");
                }
            }
        }
    }

    private static double Longest(TrialData trial, SurvivalOutcome outcome, bool arm)
    {
        double longest = 0;
        for (var i = 0; i < trial.Count; i++)
        {
            longest = trial.Treated[i] == arm ? Math.Max(longest, outcome.Days[i]) : longest;
        }

        return longest;
    }
}
