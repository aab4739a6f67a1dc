using DigitalTwin.Models.Prediction;
using DigitalTwin.Omics.Layers;
using DigitalTwin.Scenarios.Evaluation.Explanations;
using DigitalTwin.Scenarios.Evaluation.Perturbations;
using DigitalTwin.Scenarios.Evaluation.Translations;
using DigitalTwin.Scenarios.Language.Expressions;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Makes of a cohort what models learn from. Everything that can be wrong with the data is found here, before any training starts.</summary>
internal sealed class EvaluationAssembler(EvaluationPlan plan)
{
    private readonly List<Fault> _faults = [];
    private readonly List<string> _notes = [];

    /// <exception cref="InvalidInputException">With every fault of the data, each at the key that asks for what is faulty.</exception>
    public EvaluationData Assemble(Cohort cohort)
    {
        ArgumentNullException.ThrowIfNull(cohort);
        var subjects = Select(cohort.Take([.. Enumerable.Range(0, cohort.Count).OrderBy(i => cohort.Subjects[i])]));
        if (subjects.Count == 0)
        {
            throw new InvalidInputException(plan.PlaceOf(plan.Population is null ? "target" : "population"), "No subject is left. Check the population and the target.");
        }

        var outcome = TargetOutcome.Read(subjects, plan.Target);
        var treatments = plan.Treatment is null ? null : Treatments(subjects, plan.Treatment);
        var inputs = new SubjectInputs(
            subjects.Subjects,
            [.. plan.Covariates.Select(c => Column(subjects, c.Name))],
            [.. plan.Layers.Select(l => new SubjectLayer(subjects.OmicsLayers.First(o => o.Name == l.Name), subjects.Subjects))],
            Observations(subjects),
            treatments);
        var problem = new LearningProblem(inputs, outcome);
        var checks = new DataChecks(plan, _faults, _notes);
        problem = checks.Missing(problem, out var kept);
        var eventCount = checks.Events(problem.Outcome);
        LeakageChecks.Run(plan, problem, _faults);
        ThrowIfAny();
        var groups = plan.Group is null ? [] : GroupCodes.Of(Column(subjects.Take(kept), plan.Group));
        var splits = new SplitMaker(plan, subjects.Take(kept), problem, _faults, _notes).Make();
        ThrowIfAny();
        if (plan.Explanation is { } explanation)
        {
            ExplainedSplits.Check(explanation, plan.PlaceOf("explain"), problem, splits[0], _faults);
        }

        if (plan.Perturbation is { } perturbation)
        {
            PerturbationChecks.Run(plan, perturbation, problem, _faults);
        }

        if (plan.Translation is { } translation)
        {
            TranslationChecks.Run(translation, plan.PlaceOf("translate"), problem.Inputs, splits, _faults);
        }

        ThrowIfAny();
        Foresee(problem);
        return new EvaluationData(problem, groups, splits, eventCount, _notes);
    }

    // One sentence may hold for several models: it is said once, with their names.
    private void Foresee(LearningProblem problem) => _notes.AddRange(
        from said in plan.Models.SelectMany(m => m.Learner.Foresee(EvaluationRunner.Seen(problem, m).Inputs).Select(sentence => (m.Name, sentence)))
        group said.Name by said.sentence into names
        select $"{string.Join(", ", names)}: {names.Key}");

    private void ThrowIfAny()
    {
        if (_faults.Count > 0)
        {
            throw new InvalidInputException([.. _faults.OrderBy(f => f.Location.Line).ThenBy(f => f.Location.Column)]);
        }
    }

    private Cohort Select(Cohort cohort)
    {
        if (plan.Population is { } where)
        {
            var truths = ExpressionEvaluator.Truths(where, cohort);
            cohort = Keep(cohort, truths.Select(t => t != Truth.Missing), $"the population's condition cannot be told ({where})");
            cohort = Keep(cohort, truths.Where(t => t != Truth.Missing).Select(t => t == Truth.True), $"the population's condition is not met ({where})");
        }

        cohort = Keep(cohort, TargetOutcome.IsObserved(cohort, plan.Target), "the target was not observed, or is another class");
        foreach (var name in plan.RequiredLayers)
        {
            var layer = cohort.OmicsLayers.First(o => o.Name == name);
            cohort = Keep(cohort, Enumerable.Range(0, cohort.Count).Select(layer.HasValue), $"they have no layer '{name}', which is required");
        }

        return plan.Treatment is null
            ? cohort
            : Keep(cohort, Enumerable.Range(0, cohort.Count).Select(i => !Column(cohort, plan.Treatment.Variable).IsMissing(i)), "the treatment is missing");
    }

    private Cohort Keep(Cohort cohort, IEnumerable<bool> keep, string why)
    {
        var rows = keep.Index().Where(k => k.Item).Select(k => k.Index).ToArray();
        if (rows.Length < cohort.Count)
        {
            _notes.Add(FormattableString.Invariant($"{cohort.Count - rows.Length} subjects left: {why}."));
        }

        return rows.Length == cohort.Count ? cohort : cohort.Take(rows);
    }

    private ObservationTable? Observations(Cohort cohort)
    {
        if (plan.Observations.Count == 0 || cohort.Observations is not { } table)
        {
            return null;
        }

        string[] names = [.. plan.Observations];
        short[] place = [.. table.Variables.Select(v => (short)Array.IndexOf(names, v.Name))];
        return table.Choose([.. names.Select(o => table.Variables.First(v => v.Name == o))], place);
    }

    private static TreatmentColumn Treatments(Cohort cohort, TreatmentPlan plan)
    {
        var codes = GroupCodes.Of(Column(cohort, plan.Variable), out var levels);
        Treatment[] arms = [.. levels.Select(level => new Treatment(
            new ArmId(level), plan.Arms.TryGetValue(level, out var drugs) ? drugs : [new DrugExposure(level, 1, [])]))];
        return new TreatmentColumn(arms, codes);
    }

    internal static Column Column(Cohort cohort, string name) =>
        cohort.TryGetColumn(name, out var column) ? column : throw new ArgumentException($"The cohort has no variable '{name}'; bind the evaluation to its manifest first.");
}
