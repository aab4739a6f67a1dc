using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Stacking;
using DigitalTwin.Models.TreatmentResponse;

namespace DigitalTwin.Models.Twins;

/// <summary>Parts of the multi-omics twin.</summary>
public sealed record TwinLearnerOptions
{
    /// <summary>The strongest simple thing, from which the network starts.</summary>
    public IOutcomeLearner Linear { get; init; } = new LateFusedLinearLearner();

    /// <summary>What stands in the linear model's place where many treatments were given to the same samples (<see cref="TreatmentRidgeLearner.Suits"/>); null for nothing.</summary>
    public TreatmentRidgeLearner? SharedSamples { get; init; } = new();

    /// <summary>Values of layers and covariates over all training subjects above which shared samples are not laid on a network: it reads every subject's, repeated or not.</summary>
    public long MostNetworkValues { get; init; } = 20_000_000;

    /// <summary>The network, laid on top of the linear model; null leaves it out.</summary>
    public NetworkLearnerOptions? Network { get; init; } = new();

    /// <summary>Other learners that are stacked beside them, such as boosted trees.</summary>
    public IReadOnlyList<IOutcomeLearner> Beside { get; init; } = [];

    /// <summary>Learners that are stacked beside them where there are omics layers, such as a regression on principal components: a layer's few strongest directions err
    /// otherwise than all of its features held back together.</summary>
    public IReadOnlyList<IOutcomeLearner> BesideLayers { get; init; } = [];

    /// <summary>Numbers a subject (covariates and features of layers) above which neither <see cref="Beside"/> nor a network that starts from nothing is stacked: with more, they
    /// take long and find little that the linear models have not.</summary>
    public int MostFeaturesBeside { get; init; } = 600;

    /// <summary>Inner folds and prior of the weights.</summary>
    public StackOptions Stack { get; init; } = new();
}
