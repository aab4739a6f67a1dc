using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;

namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>What an evaluation learns from and judges on.</summary>
/// <param name="Problem">Every subject of the evaluation.</param>
/// <param name="Groups">Group of each subject for measures within groups, below 0 for none; empty without groups.</param>
/// <param name="SplitsOfSeed">Splits of each seed; one and the same list where the split is given.</param>
/// <param name="EventCount">Events, or subjects of the rarest class; null for a continuous target.</param>
/// <param name="Notes">Sentences on who left, what is missing, and what was let pass.</param>
public sealed record EvaluationData(
    LearningProblem Problem, int[] Groups, IReadOnlyList<IReadOnlyList<EvaluationSplit>> SplitsOfSeed, int? EventCount, IReadOnlyList<string> Notes);
