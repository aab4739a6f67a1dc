using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Storage;
using DigitalTwin.Networks.Layers;
using DigitalTwin.Numerics.Autodiff;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Models.Network.Heads;

/// <summary>What a kind of outcome asks of a network: which numbers, what they lose against what was seen, and what they predict. Made from training outcomes;
/// immutable, shared by all members of an ensemble.</summary>
internal interface IOutcomeHead
{
    /// <summary>What it predicts.</summary>
    PredictionShape Shape { get; }

    /// <summary>Numbers that the network makes of a subject.</summary>
    int CoefficientCount { get; }

    /// <summary>Numbers of a subject that the loss and the predictions read: logits, or mean and log variance.</summary>
    int OutputCount { get; }

    /// <summary>Numbers of a subject that <see cref="Loss"/> compares with.</summary>
    int TargetCount { get; }

    /// <summary>What was seen, row-major [subjects, targets]; weights are in it.</summary>
    /// <param name="outcome">Of the kind of the head.</param>
    /// <param name="weights">Shape [subjects].</param>
    float[] Targets(OutcomeData outcome, ReadOnlySpan<double> weights);

    /// <summary>The outputs at which the head predicts just what another model did, row-major [subjects, outputs].</summary>
    /// <exception cref="ArgumentException">The predictions are of another kind of outcome.</exception>
    float[] Offsets(OutcomePredictions start);

    /// <summary>What stands between the numbers of the network and the outputs.</summary>
    /// <param name="scope">Where its parameters go.</param>
    /// <param name="hasOffset">Whether outputs start from another model; else they start from what all training subjects have in common.</param>
    IHeadLayer CreateLayer(LayerScope scope, bool hasOffset);

    /// <summary>Loss of outputs [subjects, outputs] against targets [subjects, targets], weighted and summed over subjects, shape [1, 1].</summary>
    Tensor Loss(Tape tape, Tensor outputs, Tensor targets);

    /// <summary>The mean of what the members predict.</summary>
    /// <param name="members">Outputs of each member, row-major [subjects, outputs].</param>
    OutcomePredictions Predict(IReadOnlyList<float[]> members);
}

/// <summary>From numbers of the network to outputs.</summary>
internal interface IHeadLayer
{
    /// <param name="tape">Where to compute.</param>
    /// <param name="coefficients">[subjects, coefficients].</param>
    /// <param name="offset">[subjects, outputs], or none.</param>
    /// <returns>[subjects, outputs]; coefficients of 0 give the offset itself.</returns>
    Tensor Forward(Tape tape, Tensor coefficients, Tensor? offset);
}
