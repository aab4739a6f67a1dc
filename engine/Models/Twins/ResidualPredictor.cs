using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Models.Twins;

/// <summary>A network on top of the linear model that it started from.</summary>
/// <param name="linear">What it starts from.</param>
/// <param name="network">What learnt the rest.</param>
/// <param name="gridDays">Grid of the curves that training started from, or null where the outcome has no time. A start on another grid would lay the same deaths into other
/// intervals than those the network has learnt to correct.</param>
internal sealed class ResidualPredictor(IOutcomePredictor linear, NetworkPredictor network, double[]? gridDays) : IOutcomePredictor
{
    public IReadOnlyList<string> Findings => network.Findings;

    /// <summary>What it starts from.</summary>
    public IOutcomePredictor Linear => linear;

    /// <summary>What learnt the rest.</summary>
    public NetworkPredictor Network => network;

    /// <summary>Grid that the start is brought to.</summary>
    public double[]? GridDays => gridDays;

    public OutcomePredictions Predict(SubjectInputs inputs) => network.Predict(inputs, Start(inputs));

    /// <summary>What the network starts from.</summary>
    internal OutcomePredictions Start(SubjectInputs inputs)
    {
        var start = linear.Predict(inputs);
        return gridDays is null ? start : SurvivalGrid.Resample(start, gridDays);
    }
}
