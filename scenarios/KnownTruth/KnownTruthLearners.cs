using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.LinearModels;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Models.Trees;

namespace DigitalTwin.Scenarios.KnownTruth;

/// <summary>Learners that a recovery study may name: those that predict binary and continuous outcomes, and are quick enough to be fitted thousands of times.</summary>
internal static class KnownTruthLearners
{
    private static readonly (string Name, Func<IOutcomeLearner> Create)[] Entries =
    [
        ("late-fused-linear", () => new LateFusedLinearLearner()),
        ("concatenated-linear", () => new ConcatenatedLinearLearner()),
        ("random-forest", () => new RandomForestLearner()),
        ("boosted-trees", () => new BoostedTreesLearner()),
        (BaselineLearner.LearnerName, () => new BaselineLearner()),
    ];

    /// <summary>The usual one first.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Entries.Select(e => e.Name)];

    public static IOutcomeLearner Create(string name) => Entries.First(e => e.Name == name).Create();
}
