using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>Predictions of held-out subjects under every arm, by the model that a policy follows.</summary>
/// <param name="model">Name of that model.</param>
internal sealed class ArmPredictions(string model)
{
    private readonly Dictionary<(int Seed, int Split), double[][]> _values = [];

    /// <summary>Asks the predictor about the test subjects of a split under each arm, if it is of the policy's model.</summary>
    /// <param name="name">Model of the predictor.</param>
    /// <param name="place">Index of the seed, and of the split among the seed's.</param>
    /// <param name="predictor">Learnt from the training subjects of the split.</param>
    /// <param name="inputs">Of all subjects, as the model sees them.</param>
    /// <param name="split">The split.</param>
    public void Record(string name, (int Seed, int Split) place, IOutcomePredictor predictor, SubjectInputs inputs, EvaluationSplit split)
    {
        if (name != model || inputs.Treatments is not { } column)
        {
            return;
        }

        var test = inputs.Take(split.Test);
        _values[place] = [.. test.UnderEach(column.Treatments).Select(under => Expected(predictor.Predict(under)))];
    }

    /// <summary>Expected outcomes, shape [arms][test subjects]; null where the model could not be learnt.</summary>
    public double[][]? Of(int seed, int split) => _values.GetValueOrDefault((seed, split));

    private static double[] Expected(OutcomePredictions predictions) => predictions switch
    {
        ClassProbabilities { ClassCount: 2 } classes => [.. Enumerable.Range(0, classes.Count).Select(i => classes[i, 1])],
        ContinuousPredictions continuous => continuous.Mean,
        _ => throw new ArgumentException($"A policy cannot follow {predictions.GetType().Name}.", nameof(predictions)),
    };
}
