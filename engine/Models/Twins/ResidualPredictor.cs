using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;

namespace DigitalTwin.Models.Twins;

/// <summary>A network on top of the linear model that it started from.</summary>
internal sealed class ResidualPredictor(IOutcomePredictor linear, NetworkPredictor network) : IStoredPredictor
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
    }

    public static ResidualPredictor Read(ModelReader reader)
    {
        var (linear, network) = (reader.Part<IStoredPredictor>(), reader.Part<NetworkPredictor>());
        reader.Require(linear.AnswersAlone && network.ResidualShare is not null, $"a network starts from a model that it does not fit on");
        reader.Require(linear.Shape == ((IStoredPredictor)network).Shape, $"a network of {((IStoredPredictor)network).Shape} starts from predictions of {linear.Shape}");
        return new ResidualPredictor(linear, network);
    }

    public OutcomePredictions Predict(SubjectInputs inputs) => network.Predict(inputs, linear.Predict(inputs));
}
