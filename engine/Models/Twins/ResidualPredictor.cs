using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Twins;

/// <summary>A network on top of the linear model that it started from.</summary>
internal sealed class ResidualPredictor(IOutcomePredictor linear, NetworkPredictor network) : IOutcomePredictor
{
    public IReadOnlyList<string> Findings => network.Findings;

    /// <summary>What it starts from.</summary>
    public IOutcomePredictor Linear => linear;

    /// <summary>What learnt the rest.</summary>
    public NetworkPredictor Network => network;

    public OutcomePredictions Predict(SubjectInputs inputs) => network.Predict(inputs, linear.Predict(inputs));
}
