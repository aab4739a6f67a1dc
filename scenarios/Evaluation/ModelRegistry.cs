using DigitalTwin.Models.Baseline;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Scenarios.Language.Grammar;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>The models an evaluation may name. To add one, add a line: its name, a sentence, its options (none, as a rule) and how it is made.</summary>
public static class ModelRegistry
{
    public static IReadOnlyList<ModelEntry> Entries { get; } =
    [
        new(BaselineLearner.LearnerName, "The same for everybody: share of each class, Kaplan-Meier curve, mean.", [], _ => new BaselineLearner()),
    ];

    /// <summary>The entry of a name, or null.</summary>
    public static ModelEntry? Find(string name) => Entries.FirstOrDefault(e => e.Name == name);
}

/// <summary>A model an evaluation may name.</summary>
/// <param name="Name">Value of <c>type</c>, and the name of its row.</param>
/// <param name="Text">What it is, one sentence.</param>
/// <param name="Options">Keys of its mapping besides those every model has.</param>
/// <param name="Create">Makes the learner of these options.</param>
public sealed record ModelEntry(string Name, string Text, IReadOnlyList<Field> Options, Func<ModelOptions, IOutcomeLearner> Create);
