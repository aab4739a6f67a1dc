using DigitalTwin.Contracts;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Grains;

/// <summary>Checks requests to a study before anything is done. Messages name ids, never a subject's values.</summary>
internal static class RequestChecks
{
    private const int MaximumColumns = 2_000;
    private const int MaximumLayerFeatures = 500_000;

    /// <exception cref="InvalidRequestException">The plan cannot be carried out.</exception>
    public static void Require(StudyPlan plan)
    {
        Demand(plan.Columns.Length is > 0 and <= MaximumColumns, $"A study has 1 to {MaximumColumns} covariate columns; this plan has {plan.Columns.Length}.");
        RequireLayers(plan);
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
        var layerValues = batch.Subjects.Sum(s => (s.Layers ?? []).Sum(row => (long)row.Length));
        Demand(
            layerValues <= EnrolmentBatch.MaximumLayerValues,
            $"A batch carries {EnrolmentBatch.MaximumLayerValues} numbers of omics layers at most; this one has {layerValues}. Enrol fewer subjects at once.");
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

        RequireLayers(subject, plan.Layers ?? []);
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

    private static void RequireLayers(StudyPlan plan)
    {
        var layers = plan.Layers ?? [];
        var count = layers.Sum(l => (long)l.Features.Count);
        Demand(count <= MaximumLayerFeatures, $"The omics layers of a study have {MaximumLayerFeatures} features at most; those of this plan have {count}. Choose fewer features.");
        Demand(layers.All(l => l.Features.Count > 0), "An omics layer of the plan has no feature.");
        Demand(layers.Select(l => l.Name).Distinct(StringComparer.Ordinal).Count() == layers.Length, "Two omics layers of the plan have one name.");
    }

    private static void RequireLayers(SubjectEnrolment subject, LayerFeatures[] layers)
    {
        var rows = subject.Layers ?? [];
        Demand(
            rows.Length == layers.Length,
            $"Subject '{subject.Subject}' has {rows.Length} omics layers; the study has {layers.Length}. Give an empty row for a layer that was not measured.");
        for (var k = 0; k < rows.Length; k++)
        {
            Demand(
                rows[k].Length == 0 || rows[k].Length == layers[k].Features.Count,
                $"Layer '{layers[k].Name}' of subject '{subject.Subject}' has {rows[k].Length} values; the study's has {layers[k].Features.Count} features.");
            var infinite = Array.FindIndex(rows[k], float.IsInfinity);
            Demand(infinite < 0, $"Feature '{(infinite < 0 ? "" : layers[k].Features[infinite])}' of subject '{subject.Subject}' in layer '{layers[k].Name}' is infinite. Correct it, or mark it missing.");
        }
    }

    private static void Demand(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new InvalidRequestException(otherwise);
        }
    }
}
