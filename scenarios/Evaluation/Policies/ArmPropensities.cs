using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>Probability of each arm for each held-out subject, by a penalised multinomial regression on the training subjects of the split.</summary>
internal static class ArmPropensities
{
    private const double Least = 1e-6;

    /// <returns>Shape [arms][test subjects]; 0 for an arm that no training subject received, at least 1e-6 for others.</returns>
    /// <exception cref="UnlearnableException">The training subjects cannot carry the regression.</exception>
    public static double[][] Of(LearningProblem problem, EvaluationSplit split, IReadOnlyList<string> covariates, LearningContext context)
    {
        var column = problem.Inputs.Treatments!;
        int[] received = [.. split.Training.Select(r => column.Indices[r])];
        int[] present = [.. received.Distinct().Order()];
        var propensities = Enumerable.Range(0, column.Treatments.Count).Select(_ => new double[split.Test.Length]).ToArray();
        if (present.Length == 1)
        {
            Array.Fill(propensities[present[0]], 1);
            return propensities;
        }

        var seen = new SubjectInputs(problem.Inputs.Subjects, [.. problem.Inputs.Covariates.Where(c => covariates.Contains(c.Variable.Name))], []);
        var outcome = new CategoricalOutcome(
            [.. received.Select(r => Array.IndexOf(present, r))], [.. present.Select(a => column.Treatments[a].Arm.Value)], false);
        var predictor = new LateFusedLinearLearner().Fit(new LearningProblem(seen.Take(split.Training), outcome), context);
        var probabilities = (ClassProbabilities)predictor.Predict(seen.Take(split.Test));
        for (var k = 0; k < present.Length; k++)
        {
            for (var i = 0; i < split.Test.Length; i++)
            {
                propensities[present[k]][i] = Math.Clamp(probabilities[i, k], Least, 1);
            }
        }

        return propensities;
    }
}
