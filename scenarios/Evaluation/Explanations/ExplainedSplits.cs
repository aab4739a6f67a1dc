using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Explanation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>The splits of the first seed whose models are explained: the first, or the first that judges each subject that is named.</summary>
internal static class ExplainedSplits
{
    /// <summary>Places among the splits of the first seed, ascending, each with the named subjects (rows) that it explains; none where subjects are counted.</summary>
    public static IReadOnlyList<(int Split, int[] Named)> Of(ExplanationPlan plan, LearningProblem problem, IReadOnlyList<EvaluationSplit> splits)
    {
        if (plan.Subjects.Count == 0)
        {
            return [(0, [])];
        }

        return
        [
            .. from name in plan.Subjects
               let row = RowOf(problem, name)
               where row >= 0
               let split = Enumerable.Range(0, splits.Count).FirstOrDefault(k => splits[k].Test.Contains(row), -1)
               where split >= 0
               group row by split into rows
               orderby rows.Key
               select (rows.Key, rows.ToArray()),
        ];
    }

    /// <summary>Subjects, classes and features that the data do not have, at the place of <c>explain</c>.</summary>
    public static void Check(ExplanationPlan plan, TextLocation place, LearningProblem problem, IReadOnlyList<EvaluationSplit> splits, List<Fault> faults)
    {
        foreach (var name in plan.Subjects)
        {
            var row = RowOf(problem, name);
            if (row < 0)
            {
                faults.Add(new Fault(place, $"explain.subjects holds '{name}', which is no subject of the evaluation. Name one of them, or say how many."));
            }
            else if (!splits.Any(s => s.Test.Contains(row)))
            {
                faults.Add(new Fault(place, $"explain.subjects holds '{name}', which no split of the first seed judges. A subject is explained by a model that has not seen it; name another."));
            }
        }

        if (plan.Class is { } level && problem.Outcome is CategoricalOutcome classes && !classes.Levels.Contains(level))
        {
            faults.Add(new Fault(place, $"explain.class is '{level}', which is not a class of the target.{Language.Nearest.Suggest(level, classes.Levels)}"));
        }

        foreach (var feature in plan.Changeable.Where(f => f.Source != FeatureName.Covariates))
        {
            var layer = problem.Inputs.Layers.FirstOrDefault(l => l.Layer.Name == feature.Source);
            if (layer is not null && !layer.Layer.Features.Contains(feature.Feature))
            {
                faults.Add(new Fault(place, $"explain.changeable holds '{feature}', which layer '{feature.Source}' does not have.{Language.Nearest.Suggest(feature.Feature, layer.Layer.Features)}"));
            }
        }
    }

    private static int RowOf(LearningProblem problem, string name)
    {
        for (var i = 0; i < problem.Count; i++)
        {
            if (problem.Inputs.Subjects[i].Value == name)
            {
                return i;
            }
        }

        return -1;
    }
}
