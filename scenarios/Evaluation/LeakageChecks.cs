using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Refuses a covariate or feature that is the outcome under another name.</summary>
internal static class LeakageChecks
{
    public static void Run(EvaluationPlan plan, LearningProblem problem, List<Fault> faults)
    {
        var copies = new OutcomeCopies(problem.Outcome);
        foreach (var (column, input) in problem.Inputs.Covariates.Zip(plan.Covariates))
        {
            double[] values = column is NumericColumn numeric
                ? numeric.Values.ToArray()
                : [.. ((CategoricalColumn)column).Codes.ToArray().Select(c => c < 0 ? double.NaN : c)];
            if (copies.Holds(values, isCategory: !column.Variable.IsNumeric))
            {
                faults.Add(new Fault(input.Location, $"Covariate '{input.Name}' equals the outcome for every subject that has both: a model would be told the answer. Remove it."));
            }
        }

        foreach (var (layer, input) in problem.Inputs.Layers.Zip(plan.Layers))
        {
            var values = new double[problem.Count];
            for (var f = 0; f < layer.FeatureCount; f++)
            {
                for (var i = 0; i < values.Length; i++)
                {
                    values[i] = layer.Layer.Row(i)[f];
                }

                if (copies.Holds(values))
                {
                    faults.Add(new Fault(
                        input.Location,
                        $"Feature '{layer.Layer.Features[f]}' of layer '{input.Name}' equals the outcome for every subject that has both: a model would be told the answer. Put it under source.exclude and import again."));
                }
            }
        }
    }
}
