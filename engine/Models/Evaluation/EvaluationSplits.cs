using DigitalTwin.Models.Prediction;
using DigitalTwin.Numerics.Random;

namespace DigitalTwin.Models.Evaluation;

/// <summary>Ways to part subjects into training and test. A subject's side depends on its id and the seed, never on the order of the file.</summary>
public static class EvaluationSplits
{
    /// <summary>Stays apart from the seed the models learn with, so that outer and inner folds are not one draw.</summary>
    private static readonly ulong s_outer = StreamKey.HashOf("evaluation split");

    /// <summary>One split that is given.</summary>
    /// <param name="isTraining">Shape [subjects]; null for subjects on neither side.</param>
    public static IReadOnlyList<EvaluationSplit> Given(IReadOnlyList<bool?> isTraining) =>
        [new EvaluationSplit("test set", Rows(isTraining, true), Rows(isTraining, false))];

    /// <summary>Folds that are given: each is held out once.</summary>
    /// <param name="folds">Shape [subjects]; below 0 for subjects in no fold, who stay out altogether.</param>
    public static IReadOnlyList<EvaluationSplit> GivenFolds(IReadOnlyList<int> folds)
    {
        ArgumentNullException.ThrowIfNull(folds);
        return [.. folds.Where(f => f >= 0).Distinct().Order().Select(fold => new EvaluationSplit(
            FormattableString.Invariant($"fold {fold}"),
            [.. Enumerable.Range(0, folds.Count).Where(i => folds[i] >= 0 && folds[i] != fold)],
            [.. Enumerable.Range(0, folds.Count).Where(i => folds[i] == fold)]))];
    }

    /// <summary>Folds equal in size and alike in outcome and arm, drawn anew for each repeat.</summary>
    /// <param name="problem">All subjects.</param>
    /// <param name="foldCount">At least two.</param>
    /// <param name="repeatCount">At least one.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="groups">Shape [subjects]: subjects of one group (a cell line, a family) stay on one side; null for each its own.
    /// Folds are then alike in size only.</param>
    public static IReadOnlyList<EvaluationSplit> KFold(LearningProblem problem, int foldCount, int repeatCount, ulong seed, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(repeatCount, 1);
        var splits = new List<EvaluationSplit>();
        for (var repeat = 0; repeat < repeatCount; repeat++)
        {
            var folds = groups is null
                ? LearningFolds.Stratified(problem, foldCount, seed ^ s_outer, (uint)repeat)
                : Grouped(groups, foldCount, seed, (uint)repeat);
            splits.AddRange(GivenFolds(folds).Select(s => repeatCount == 1
                ? s
                : new EvaluationSplit(FormattableString.Invariant($"repeat {repeat + 1}, {s.Name}"), s.Training, s.Test)));
        }

        return splits;
    }

    /// <summary>Draws a training set of a given size again and again, alike in outcome and arm to the whole; the others are judged.</summary>
    /// <param name="problem">All subjects.</param>
    /// <param name="trainingCount">Subjects to learn from; with groups the nearest number that whole groups allow.</param>
    /// <param name="repeatCount">At least one.</param>
    /// <param name="seed">Of the draws.</param>
    /// <param name="groups">Shape [subjects]: subjects of one group stay on one side; null for each its own.</param>
    /// <exception cref="ArgumentOutOfRangeException">The training set is empty or leaves nobody.</exception>
    public static IReadOnlyList<EvaluationSplit> Resamples(LearningProblem problem, int trainingCount, int repeatCount, ulong seed, int[]? groups = null)
    {
        ArgumentNullException.ThrowIfNull(problem);
        ArgumentOutOfRangeException.ThrowIfLessThan(trainingCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(trainingCount, problem.Count);
        return [.. Enumerable.Range(0, repeatCount).Select(repeat =>
        {
            var isTraining = new bool?[problem.Count];
            if (groups is null)
            {
                Stratify(problem, trainingCount, seed, (uint)repeat, isTraining);
            }
            else
            {
                Fill(groups, trainingCount, seed, (uint)repeat, isTraining);
            }

            return new EvaluationSplit(FormattableString.Invariant($"repeat {repeat + 1}"), Rows(isTraining, true), Rows(isTraining, false));
        })];
    }

    private static void Stratify(LearningProblem problem, int trainingCount, ulong seed, uint repeat, bool?[] isTraining)
    {
        var outcomes = LearningFolds.Strata(problem.Outcome);
        var keys = new ulong[problem.Count];
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = Key(StreamKey.HashOf(problem.Inputs.Subjects[i].Value), seed, repeat);
        }

        var taken = 0;
        var seen = 0;
        foreach (var stratum in Enumerable.Range(0, problem.Count).GroupBy(i => (outcomes[i], problem.Inputs.Treatments?.Indices[i] ?? 0)).OrderBy(g => g.Key))
        {
            var members = stratum.OrderBy(i => keys[i]).ThenBy(i => problem.Inputs.Subjects[i]).ToArray();
            seen += members.Length;
            // The share over all strata so far is kept, so that rounding never adds up.
            var wanted = (int)Math.Round((double)trainingCount * seen / problem.Count, MidpointRounding.AwayFromZero) - taken;
            foreach (var (place, row) in members.Index())
            {
                isTraining[row] = place < wanted;
            }

            taken += wanted;
        }
    }

    private static void Fill(int[] groups, int trainingCount, ulong seed, uint repeat, bool?[] isTraining)
    {
        var taken = 0;
        foreach (var members in Drawn(groups, seed, repeat))
        {
            var isCloser = Math.Abs(taken + members.Length - trainingCount) <= Math.Abs(taken - trainingCount);
            foreach (var row in members)
            {
                isTraining[row] = isCloser;
            }

            taken += isCloser ? members.Length : 0;
        }
    }

    private static int[] Grouped(int[] groups, int foldCount, ulong seed, uint repeat)
    {
        var sizes = new int[foldCount];
        var folds = new int[groups.Length];
        foreach (var members in Drawn(groups, seed, repeat))
        {
            var smallest = Array.IndexOf(sizes, sizes.Min());
            sizes[smallest] += members.Length;
            foreach (var row in members)
            {
                folds[row] = smallest;
            }
        }

        return folds;
    }

    private static IEnumerable<int[]> Drawn(int[] groups, ulong seed, uint repeat) => Enumerable.Range(0, groups.Length)
        .GroupBy(i => groups[i])
        .OrderBy(g => Key((ulong)g.Key, seed, repeat)).ThenBy(g => g.Key)
        .Select(g => g.ToArray());

    private static ulong Key(ulong subject, ulong seed, uint repeat) =>
        new RandomStream(new StreamKey(seed ^ s_outer, subject, 0, repeat, RandomPurpose.CrossFitting)).NextUInt64();

    private static int[] Rows(IReadOnlyList<bool?> isTraining, bool side) =>
        [.. Enumerable.Range(0, isTraining.Count).Where(i => isTraining[i] == side)];
}
