using DigitalTwin.Models.Prediction;
using DigitalTwin.Networks.Genes.Reference;
using DigitalTwin.Scenarios.Language;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Perturbations;

/// <summary>Genes and classes that the data do not have: found before any model is learnt.</summary>
internal static class PerturbationChecks
{
    public static void Run(EvaluationPlan plan, PerturbationPlan perturbation, LearningProblem problem, List<Fault> faults)
    {
        if (perturbation.Class is { } level && problem.Outcome is CategoricalOutcome classes && !classes.Levels.Contains(level))
        {
            faults.Add(new Fault(plan.PlaceOf("perturb"), $"perturb.class is '{level}', which is not a class of the target.{Nearest.Suggest(level, classes.Levels)}"));
        }

        var asked = new AskedStudies(perturbation, new ReferenceNetwork());
        var told = new HashSet<PlannedShift>();
        foreach (var model in plan.Models.Where(m => perturbation.Models.Contains(m.Name)))
        {
            var inputs = EvaluationRunner.Seen(problem, model).Inputs;
            foreach (var (change, reached) in perturbation.Changes.Zip(asked.Reached(inputs)))
            {
                // What no model can change is said once, of the first.
                foreach (var (gene, why) in reached.Refused.Where(r => told.Add(r.Gene)))
                {
                    faults.Add(new Fault(gene.Place, $"perturb.changes '{change.Name}' cannot be asked of '{model.Name}'. {why}"));
                }
            }
        }
    }
}
