using DigitalTwin.Numerics.Survival;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>The two arms as the report shows them.</summary>
internal static class ArmResults
{
    public static IReadOnlyList<ArmResult> Of(Scenario scenario, TrialData trial) =>
    [
        Of(scenario, scenario.Arms.Treated, ArmRole.Treated, trial),
        Of(scenario, scenario.Arms.Control, ArmRole.Control, trial),
    ];

    /// <summary>Events of one arm; null for continuous endpoints.</summary>
    public static int? EventCount(TrialData trial, bool treated)
    {
        var rows = Rows(trial, treated);
        return trial.Outcome switch
        {
            SurvivalOutcome survival => rows.Count(i => survival.HadEvent[i]),
            BinaryOutcome binary => rows.Count(i => binary.Occurred[i]),
            _ => null,
        };
    }

    private static ArmResult Of(Scenario scenario, TrialArm arm, ArmRole role, TrialData trial)
    {
        var treated = role == ArmRole.Treated;
        return new ArmResult(
            arm.Id, arm.Label, role, scenario.Population(arm.Population).Cohort, Rows(trial, treated).Count(), EventCount(trial, treated), MedianFollowUp(trial, treated));
    }

    // Reverse Kaplan-Meier: being censored is the event [Schemper1996].
    private static Duration? MedianFollowUp(TrialData trial, bool treated)
    {
        if (trial.Outcome is not SurvivalOutcome survival)
        {
            return null;
        }

        var rows = Rows(trial, treated).ToArray();
        var median = KaplanMeier.Fit([.. rows.Select(r => survival.Days[r])], [.. rows.Select(r => !survival.HadEvent[r])]).Median.Value;
        return double.IsFinite(median) ? Duration.FromDays(median) : null;
    }

    private static IEnumerable<int> Rows(TrialData trial, bool treated) => Enumerable.Range(0, trial.Count).Where(i => trial.Treated[i] == treated);
}
