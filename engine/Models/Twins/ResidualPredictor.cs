using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Twins;

/// <summary>A network on top of the linear model that it started from.</summary>
/// <param name="linear">What it starts from.</param>
/// <param name="network">What learnt the rest.</param>
/// <param name="gridDays">Grid of the curves that training started from, or null where the outcome has no time. A start on another grid would lay the same deaths into other
/// intervals than those the network has learnt to correct.</param>
internal sealed class ResidualPredictor(IOutcomePredictor linear, NetworkPredictor network, double[]? gridDays) : IStoredPredictor
{
    public IReadOnlyList<string> Findings => network.Findings;

    /// <summary>What it starts from.</summary>
    public IOutcomePredictor Linear => linear;

    /// <summary>What learnt the rest.</summary>
    public NetworkPredictor Network => network;

    public PredictionShape Shape => ((IStoredPredictor)network).Shape;

    public void Write(ModelWriter writer)
    {
        writer.Part(linear);
        writer.Part(network);
        writer.OptionalNumbers(gridDays);
    }

    public static ResidualPredictor Read(ModelReader reader)
    {
        var (linear, network) = (reader.Part<IStoredPredictor>(), reader.Part<NetworkPredictor>());
        reader.Require(linear.AnswersAlone && network.ResidualShare is not null, $"a network starts from a model that it does not fit on");
        reader.Require(linear.Shape == ((IStoredPredictor)network).Shape, $"a network of {((IStoredPredictor)network).Shape} starts from predictions of {linear.Shape}");
        var grid = reader.Flag() ? reader.Ascending("times that a network starts from") : null;
        reader.Require(grid is not null || !linear.Shape.HasGrid, $"a network that starts from curves has no grid of times");
        return new ResidualPredictor(linear, network, grid);
    }

    public OutcomePredictions Predict(SubjectInputs inputs) => network.Predict(inputs, Start(inputs));

    /// <summary>What the network starts from.</summary>
    internal OutcomePredictions Start(SubjectInputs inputs)
    {
        var start = linear.Predict(inputs);
        return gridDays is null ? start : SurvivalGrid.Resample(start, gridDays);
    }
}
