namespace DigitalTwin.Scenarios.Evaluation;

/// <summary>Runs of splits in which every subject is held out once: all given folds, or one draw of folds.</summary>
/// <param name="Seed">Place of its seed among those of the evaluation.</param>
/// <param name="First">First of its splits among those of the seed.</param>
/// <param name="Count">How many splits.</param>
internal readonly record struct SplitPass(int Seed, int First, int Count)
{
    public IEnumerable<int> Splits => Enumerable.Range(First, Count);

    /// <summary>Every pass of every seed.</summary>
    public static IEnumerable<SplitPass> All(EvaluationPlan plan, EvaluationData data)
    {
        for (var seed = 0; seed < plan.Seeds.Count; seed++)
        {
            var count = data.SplitsOfSeed[seed].Count;
            var perPass = plan.Split is KFoldSplit folds ? folds.FoldCount : count;
            for (var first = 0; first < count; first += perPass)
            {
                yield return new SplitPass(seed, first, perPass);
            }
        }
    }
}
