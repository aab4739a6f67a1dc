using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Network;
using DigitalTwin.Models.TreatmentResponse;
using DigitalTwin.Models.Trees;
using DigitalTwin.Models.Twins;
using DigitalTwin.Networks.Genes.Reference;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>The twin as evaluations run it: on the embedded reference network.</summary>
internal static class TwinParts
{
    private const ulong RewiringSeed = 1;

    private static readonly PlainRegressionOptions _components = new() { ComponentCount = 10 };

    public static NetworkLearnerOptions Network(int memberCount, bool rewired) =>
        NetworkLearner.WithReferenceNetwork(new ReferenceNetwork()) with { MemberCount = memberCount, RewiringSeed = rewired ? RewiringSeed : null };

    public static TreatmentRidgeOptions Treatments() => new() { Network = new ReferenceNetwork().Signalling };

    public static TwinLearner Twin(int memberCount, bool withTrees, bool rewired) => new(
        new TwinLearnerOptions
        {
            Network = Network(memberCount, rewired),
            SharedSamples = new TreatmentRidgeLearner(Treatments()),
            BesideLayers = [new CoxLearner(_components), new LogisticLearner(_components)],
            Beside = withTrees ? [new BoostedTreesLearner(), new RandomSurvivalForestLearner()] : [],
        },
        rewired ? "twin-rewired-network" : "twin");
}
