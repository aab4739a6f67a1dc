using DigitalTwin.Contracts;
using DigitalTwin.Models;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Assembles what the twins contribute into the data a trainer takes.</summary>
internal static class TrainingData
{
    /// <param name="plan">Arms, columns and endpoint.</param>
    /// <param name="subjects">Subjects with an outcome, in any order.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <exception cref="TwinTrainingException">An arm has no subject whose outcome is known.</exception>
    public static TwinTrainingData From(StudyPlan plan, IEnumerable<SubjectEnrolment> subjects, ulong seed)
    {
        // Treated first, then by id: the order of enrolment must not reach the numbers.
        SubjectEnrolment[] rows = [.. subjects.OrderBy(s => s.Arm != plan.TreatedArm).ThenBy(s => s.Subject)];
        foreach (var arm in new[] { plan.TreatedArm, plan.ControlArm })
        {
            if (!rows.Any(r => r.Arm == arm))
            {
                throw new TwinTrainingException($"Arm '{arm}' has no subject whose outcome is known. Enrol subjects with outcomes in both arms.");
            }
        }

        var inputs = SubjectInputsBatch.Of(plan.Columns, plan.Layers, rows);
        var trial = new TrialData(inputs.Subjects, [.. rows.Select(r => r.Arm == plan.TreatedArm)], inputs.Covariates, Outcome(plan, rows), inputs.Layers);
        return new TwinTrainingData(trial, plan.TreatedArm, plan.ControlArm, seed);
    }

    private static OutcomeData Outcome(StudyPlan plan, SubjectEnrolment[] rows) => plan.Endpoint switch
    {
        EndpointKind.TimeToEvent => Survival(plan.Horizon, [.. rows.Select(r => r.Outcome).Cast<ObservedSurvival>()]),
        EndpointKind.Binary => new BinaryOutcome([.. rows.Select(r => ((ObservedBinary)r.Outcome!).Occurred)]),
        EndpointKind.Continuous => new ContinuousOutcome([.. rows.Select(r => ((ObservedValue)r.Outcome!).Value)], plan.OutcomeUnit),
        _ => throw new TwinTrainingException($"No training data can be made for an endpoint of kind {plan.Endpoint}."),
    };

    /// <summary>Follow-up cut at the horizon.</summary>
    private static SurvivalOutcome Survival(Duration horizon, ObservedSurvival[] seen) => new(
        [.. seen.Select(s => Math.Min(s.Days, horizon.Days))],
        [.. seen.Select(s => s.HadEvent && s.Days <= horizon.Days)],
        horizon);
}
