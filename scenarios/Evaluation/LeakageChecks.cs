using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Performance;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Refuses a feature that is the outcome under another name: a correlation of 1 with it, or one value for each class.</summary>
internal static class LeakageChecks
{
    private const double AlmostOne = 1 - 1e-9;
    private const int FewestSubjects = 10;

    public static void Run(EvaluationPlan plan, LearningProblem problem, List<Fault> faults)
    {
        var outcome = Numbers(problem.Outcome);
        foreach (var (column, input) in problem.Inputs.Covariates.Zip(plan.Covariates))
        {
            double[] values = column is NumericColumn numeric
                ? numeric.Values.ToArray()
                : [.. ((CategoricalColumn)column).Codes.ToArray().Select(c => c < 0 ? double.NaN : c)];
            if (IsOutcome(values, outcome, isCategory: !column.Variable.IsNumeric || problem.Outcome is CategoricalOutcome))
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

                if (IsOutcome(values, outcome, isCategory: problem.Outcome is CategoricalOutcome))
                {
                    faults.Add(new Fault(
                        input.Location,
                        $"Feature '{layer.Layer.Features[f]}' of layer '{input.Name}' equals the outcome for every subject that has both: a model would be told the answer. Put it under source.exclude and import again."));
                }
            }
        }
    }

    // Follow-up and how it ended are each an answer.
    private static double[][] Numbers(OutcomeData outcome) => outcome switch
    {
        BinaryOutcome binary => [[.. binary.Occurred.Select(o => o ? 1.0 : 0)]],
        CategoricalOutcome categorical => [[.. categorical.Codes.Select(c => (double)c)]],
        ContinuousOutcome continuous => [continuous.Values],
        SurvivalOutcome survival => [survival.Days, [.. survival.HadEvent.Select(e => e ? 1.0 : 0)]],
        _ => [],
    };

    private static bool IsOutcome(double[] values, double[][] outcomes, bool isCategory) => outcomes.Any(outcome =>
    {
        int[] both = [.. Enumerable.Range(0, values.Length).Where(i => !double.IsNaN(values[i]))];
        if (both.Length < FewestSubjects)
        {
            return false;
        }

        double[] x = [.. both.Select(i => values[i])], y = [.. both.Select(i => outcome[i])];
        return Math.Abs(Correlation.Pearson(x, y)) > AlmostOne || (isCategory && IsRenaming(x, y));
    });

    private static bool IsRenaming(double[] x, double[] y)
    {
        Dictionary<double, double> forth = [], back = [];
        for (var i = 0; i < x.Length; i++)
        {
            if ((forth.TryGetValue(x[i], out var to) && to != y[i]) || (back.TryGetValue(y[i], out var from) && from != x[i]))
            {
                return false;
            }

            (forth[x[i]], back[y[i]]) = (y[i], x[i]);
        }

        return forth.Count > 1;
    }
}
