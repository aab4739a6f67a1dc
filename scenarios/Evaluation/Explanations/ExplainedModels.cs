namespace DigitalTwin.Scenarios.Evaluation.Explanations;

/// <summary>Keeps what was learnt on the splits that are explained, until it is explained.</summary>
/// <param name="plan">Which model.</param>
/// <param name="splits">Which splits of the first seed, with the named subjects that each explains: <see cref="ExplainedSplits.Of"/>.</param>
internal sealed class ExplainedModels(ExplanationPlan plan, IReadOnlyList<(int Split, int[] Named)> splits) : IModelWitness
{
    private readonly SortedDictionary<int, LearntModel> _models = [];

    /// <summary>Splits of the first seed that are explained, with the named subjects of each.</summary>
    public IReadOnlyList<(int Split, int[] Named)> Splits => splits;

    /// <summary>Those that could be learnt, in the order of their splits.</summary>
    public IReadOnlyDictionary<int, LearntModel> Models => _models;

    /// <summary>Keeps the model, if it is one of them.</summary>
    public void Record(LearntModel learnt)
    {
        if (learnt.Name == plan.Model && learnt.Seed == 0 && splits.Any(s => s.Split == learnt.Place))
        {
            _models[learnt.Place] = learnt;
        }
    }
}
