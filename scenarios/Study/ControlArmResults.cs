using DigitalTwin.Scenarios.Language;
using DigitalTwin.Scenarios.Results;
using DigitalTwin.Scenarios.Study.Methods;
using DigitalTwin.Scenarios.Study.Texts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Study;

/// <summary>Every method's control arm as the report shows it.</summary>
internal static class ControlArmResults
{
    public static ControlArmResult Of(MethodOutcome outcome, Scenario scenario, TrialData trial)
    {
        var text = MethodText.Of(outcome.Method, scenario.Endpoint.Kind);
        var isTwin = outcome.Method is TwinMethodSpecification;
        var weights = outcome.Arm?.Weights;
        return new ControlArmResult(
            outcome.Method.Id,
            Label(outcome.Method, text.Label, scenario),
            outcome.Method.Type,
            isTwin ? ControlArmKind.Twin : scenario.Arms.ControlKind,
            outcome.Method.Id == scenario.ControlArm.Primary.Id,
            text.Description,
            text.Citations,
            Count(trial, weights, treated: true),
            isTwin ? trial.TreatedCount : Count(trial, weights, treated: false),
            outcome.Arm?.EffectiveSampleSizeTreated ?? trial.TreatedCount,
            outcome.Arm?.EffectiveSampleSizeControl ?? (isTwin ? trial.TreatedCount : trial.ControlCount),
            weights is null ? [] : [Summary(trial, weights, ArmRole.Treated), Summary(trial, weights, ArmRole.Control)],
            outcome.Arm?.Balance ?? [],
            weights?.PropensityScores is { } scores ? OverlapHistogram.Of(scores, trial.Treated, weights.Values) : null);
    }

    // Two methods of one kind are told apart by the ids the scenario gave them.
    private static string Label(MethodSpecification method, string label, Scenario scenario) =>
        scenario.ControlArm.Methods.Any(m => m.Id != method.Id && MethodText.Of(m, scenario.Endpoint.Kind).Label == label) ? $"{label}, {method.Id}" : label;

    private static int Count(TrialData trial, SubjectWeights? weights, bool treated) =>
        Enumerable.Range(0, trial.Count).Count(i => trial.Treated[i] == treated && (weights is null || weights.Values[i] > 0));

    private static WeightSummary Summary(TrialData trial, SubjectWeights weights, ArmRole role) =>
        WeightSummary.Of(role, weights.Values.Where((_, i) => trial.Treated[i] == (role == ArmRole.Treated)));
}
