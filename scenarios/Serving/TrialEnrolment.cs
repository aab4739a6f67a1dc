using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Serving;

/// <summary>Hands the subjects of a trial to the twin service.</summary>
public static class TrialEnrolment
{
    /// <summary>One enrolment a subject, in the order of the trial.</summary>
    /// <param name="trial">Subjects with covariates and outcomes.</param>
    /// <param name="treatedArm">Name of the treated arm.</param>
    /// <param name="controlArm">Name of the control arm.</param>
    public static SubjectEnrolment[] From(TrialData trial, ArmId treatedArm, ArmId controlArm)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return [.. Enumerable.Range(0, trial.Count).Select(i => new SubjectEnrolment(
            trial.Subjects[i], trial.Treated[i] ? treatedArm : controlArm, trial.Covariates.Row(i).ToArray(), Outcome(trial.Outcome, i), Layers(trial, i)))];
    }

    // An empty row says that nothing of the layer was measured.
    private static float[][]? Layers(TrialData trial, int subject) => trial.Layers.Count == 0
        ? null
        : [.. trial.Layers.Select(l => l.HasValue(subject) ? l.Row(subject).ToArray() : [])];

    private static ObservedOutcome Outcome(OutcomeData outcome, int subject) => outcome switch
    {
        SurvivalOutcome survival => new ObservedSurvival(survival.Days[subject], survival.HadEvent[subject]),
        BinaryOutcome binary => new ObservedBinary(binary.Occurred[subject]),
        ContinuousOutcome continuous => new ObservedValue(continuous.Values[subject]),
        _ => throw new ArgumentException($"Outcomes of type {outcome.GetType().Name} cannot be enrolled.", nameof(outcome)),
    };
}
