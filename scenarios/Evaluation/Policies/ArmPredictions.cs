using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation.Policies;

/// <summary>Predictions of held-out subjects under every arm, by the model that a policy follows.</summary>
/// <param name="model">Name of that model.</param>
internal sealed class ArmPredictions(string model) : IModelWitness
{
    private readonly Dictionary<(int Seed, int Split), double[][]> _values = [];

    /// <summary>Asks the predictor about the test subjects of a split under each arm, if it is of the policy's model.</summary>
    public void Record(LearntModel learnt)
    {
        if (learnt.Name != model || learnt.Inputs.Treatments is not { } column)
        {
            return;
        }

        var test = learnt.Inputs.Take(learnt.Split.Test);
        _values[(learnt.Seed, learnt.Place)] = [.. test.UnderEach(column.Treatments).Select(under => Expected(learnt.Predictor.Predict(under)))];
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
