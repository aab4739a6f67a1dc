using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Checks requests to a study before anything is done. Messages name ids, never a subject's values.</summary>
internal static class RequestChecks
{
    private const int MaximumColumns = 2_000;

    /// <exception cref="InvalidRequestException">The plan cannot be carried out.</exception>
    public static void Require(StudyPlan plan)
    {
        Demand(plan.Columns.Length is > 0 and <= MaximumColumns, $"A study has 1 to {MaximumColumns} covariate columns; this plan has {plan.Columns.Length}.");
        Demand(plan.TreatedArm != plan.ControlArm, $"The treated and the control arm are both '{plan.TreatedArm}'. Name two different arms.");
        Demand(plan.Horizon.Days > 0, $"The horizon is {plan.Horizon}; it must be more than 0.");
        Demand(Enum.IsDefined(plan.Endpoint), "The plan names a kind of endpoint this service does not know.");
    }

    /// <exception cref="InvalidRequestException">A subject does not fit the plan, or the batch is out of bounds.</exception>
    public static void Require(EnrolmentBatch batch, StudyPlan plan)
    {
        Require(batch.Operation);
        Demand(
            batch.Subjects.Length is > 0 and <= EnrolmentBatch.MaximumSubjects,
            $"A batch enrols 1 to {EnrolmentBatch.MaximumSubjects} subjects; this one has {batch.Subjects.Length}.");
        var seen = new HashSet<SubjectId>();
        foreach (var subject in batch.Subjects)
        {
            Require(subject, plan);
            Demand(seen.Add(subject.Subject), $"Subject '{subject.Subject}' stands in the batch twice.");
        }
    }

    public static void Require(OperationId operation) =>
        Demand(operation.IsValid, $"An operation id has 1 to {OperationId.MaximumLength} characters.");

    public static void RequirePageSize(int count) =>
        Demand(count is > 0 and <= SubjectPage.MaximumSubjects, $"A page has 1 to {SubjectPage.MaximumSubjects} subjects; {count} were asked for.");

    private static void Require(SubjectEnrolment subject, StudyPlan plan)
    {
        Demand(TwinKey.IsSubject(subject.Subject.Value), $"A subject id has 1 to {TwinKey.MaximumSubjectLength} characters.");
        Demand(
            subject.Arm == plan.TreatedArm || subject.Arm == plan.ControlArm,
            $"Subject '{subject.Subject}' is in arm '{subject.Arm}'; the study's arms are '{plan.TreatedArm}' and '{plan.ControlArm}'.");
        Demand(
            subject.Covariates.Length == plan.Columns.Length,
            $"Subject '{subject.Subject}' has {subject.Covariates.Length} covariates; the study has {plan.Columns.Length} columns.");
        for (var c = 0; c < subject.Covariates.Length; c++)
        {
            Demand(double.IsFinite(subject.Covariates[c]), $"Covariate '{plan.Columns[c].Variable}' of subject '{subject.Subject}' is not a finite number. Impute it first.");
        }

        Demand(
            subject.Outcome is null || subject.Outcome.Kind == plan.Endpoint,
            $"Subject '{subject.Subject}' has an outcome of another kind than the study's endpoint, {plan.Endpoint}.");
        Demand(
            subject.Outcome switch
            {
                ObservedSurvival survival => double.IsFinite(survival.Days) && survival.Days >= 0,
                ObservedValue value => double.IsFinite(value.Value),
                _ => true,
            },
            $"The outcome of subject '{subject.Subject}' is not a finite number, or a negative time.");
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidRequestException(otherwise);
        }
    }
}
