using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Models.Trees;
using DigitalTwin.Networks.Genes.Reference;

namespace DigitalTwin.Models.Twins;

/// <summary>The twin as studies and evaluations train it: on the embedded reference network, with regressions on components beside layers, and trees.</summary>
public static class StandardTwin
{
    /// <summary>Name of the twin whose network has exchanged edges.</summary>
    public const string RewiredName = "twin-rewired-network";

    private const ulong RewiringSeed = 1;

    private static readonly PlainRegressionOptions s_components = new() { ComponentCount = 10 };

    /// <param name="networkCount">Networks of the ensemble, from 1.</param>
    /// <param name="withTrees">Whether boosted trees, and for survival a forest, are stacked beside.</param>
    /// <param name="isRewired">Whether the network's edges are exchanged, every degree kept: what the true network is worth is the difference.</param>
    public static TwinLearner Of(int networkCount, bool withTrees = true, bool isRewired = false) => new(
        new TwinLearnerOptions
        {
            Network = Network(networkCount, isRewired),
            SharedSamples = new TreatmentRidgeLearner(Treatments()),
            BesideLayers = [new CoxLearner(s_components), new LogisticLearner(s_components)],
            Beside = withTrees ? [new BoostedTreesLearner(), new RandomSurvivalForestLearner()] : [],
        },
        isRewired ? RewiredName : "twin");

    /// <summary>The network of modalities on its own.</summary>
    public static NetworkLearnerOptions Network(int networkCount, bool isRewired = false) =>
        NetworkLearner.WithReferenceNetwork(new ReferenceNetwork()) with { MemberCount = networkCount, RewiringSeed = isRewired ? RewiringSeed : null };

    /// <summary>Responses to treatments whose targets are near each other on the reference network.</summary>
    public static TreatmentRidgeOptions Treatments() => new() { Network = new ReferenceNetwork().Signalling };
}
