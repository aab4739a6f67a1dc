using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.Twins;

namespace DigitalTwin.Models.Explanation;

/// <summary>The models inside a model, of which each can answer alone: how far they disagree is part of an answer.</summary>
public static class EnsembleMembers
{
    /// <summary>Members with their weights, which sum to 1: networks of an ensemble, models of a stack (each split again), else the model itself.</summary>
    /// <remarks>Members of a stack are taken as they are: without its recalibration, and with each on its own grid of times.</remarks>
    public static IReadOnlyList<(IOutcomePredictor Member, double Weight)> Of(IOutcomePredictor model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model switch
        {
            StackedPredictor stack => [.. from part in stack.Members where part.Weight > 0 from member in Of(part.Predictor) select (member.Member, member.Weight * part.Weight)],
            NetworkPredictor { ResidualShare: null } network => Networks(network, null),
            ResidualPredictor residual => Networks(residual.Network, residual.Start),
            _ => [(model, 1)],
        };
    }

    /// <summary>Share of a model that is networks, those that start from another model included: 0 where all of them were left out.</summary>
    public static double NetworkWeight(IOutcomePredictor model)
    {
        ArgumentNullException.ThrowIfNull(model);
        return model switch
        {
            StackedPredictor stack => stack.Members.Sum(m => m.Weight * NetworkWeight(m.Predictor)),
            NetworkPredictor or ResidualPredictor => 1,
            _ => 0,
        };
    }

    private static (IOutcomePredictor, double)[] Networks(NetworkPredictor network, Func<SubjectInputs, OutcomePredictions>? start) =>
        [.. Enumerable.Range(0, network.Members.Count).Select(m => ((IOutcomePredictor)new OneNetwork(network.Only(m), start), 1.0 / network.Members.Count))];

    private sealed class OneNetwork(NetworkPredictor network, Func<SubjectInputs, OutcomePredictions>? start) : IOutcomePredictor
    {
        public OutcomePredictions Predict(SubjectInputs inputs) => start is null ? network.Predict(inputs) : network.Predict(inputs, start(inputs));
    }
}
