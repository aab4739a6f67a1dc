using DigitalTwin.Models.Evaluation;
using DigitalTwin.Models.Prediction;
using DigitalTwin.Vocabulary;

namespace DigitalTwin.Tests.Engine.Models.Evaluation;

public sealed class EvaluationSplitsTests
{
    private static readonly bool[] s_occurred = [.. Enumerable.Range(0, 103).Select(i => i % 4 == 0)];

    [Fact]
    public void Property_FoldsHoldEverySubjectOnce_AndAreAlikeInOutcome()
    {
        var splits = EvaluationSplits.KFold(Problem(), 5, 2, seed: 3);
        Assert.Equal(10, splits.Count);
        foreach (var repeat in splits.Chunk(5))
        {
            Assert.Equal(Enumerable.Range(0, 103), repeat.SelectMany(s => s.Test).Order());
            Assert.All(repeat, s => Assert.Equal(Enumerable.Range(0, 103), s.Training.Concat(s.Test).Order()));
            Assert.All(repeat, s => Assert.InRange(s.Test.Count(i => s_occurred[i]), 5, 6));
        }

        Assert.NotEqual(splits[0].Test, splits[5].Test);
        Assert.NotEqual(splits[0].Test, EvaluationSplits.KFold(Problem(), 5, 2, seed: 4)[0].Test);
    }

    [Fact]
    public void Property_TheOrderOfTheFilePlaysNoPart()
    {
        int[] order = [.. Enumerable.Range(0, 103).Select(i => (i * 7) % 103)];
        var moved = LearningCases.Of(new BinaryOutcome([.. order.Select(i => s_occurred[i])]), order: order);
        IReadOnlyList<EvaluationSplit>[] pairs = [EvaluationSplits.KFold(Problem(), 4, 1, 9), EvaluationSplits.KFold(moved, 4, 1, 9)];
        Assert.Equal(pairs[0].Select(s => s.Test), pairs[1].Select(s => s.Test.Select(i => order[i]).Order().ToArray()));
        pairs = [EvaluationSplits.Resamples(Problem(), 70, 3, 9), EvaluationSplits.Resamples(moved, 70, 3, 9)];
        Assert.Equal(pairs[0].Select(s => s.Test), pairs[1].Select(s => s.Test.Select(i => order[i]).Order().ToArray()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(70)]
    [InlineData(102)]
    public void Property_ResamplesHaveExactlyTheSizeAsked_AndAreAlikeInOutcome(int trainingCount)
    {
        foreach (var split in EvaluationSplits.Resamples(Problem(), trainingCount, 5, seed: 1))
        {
            Assert.Equal((trainingCount, 103 - trainingCount), (split.Training.Length, split.Test.Length));
            Assert.InRange(split.Training.Count(i => s_occurred[i]) - (trainingCount * 26 / 103.0), -1, 1);
        }
    }

    [Fact]
    public void Property_GroupsAreNeverParted()
    {
        int[] groups = [.. Enumerable.Range(0, 103).Select(i => i % 17)];
        var splits = EvaluationSplits.KFold(Problem(), 5, 2, 3, groups).Concat(EvaluationSplits.Resamples(Problem(), 70, 4, 3, groups)).ToArray();
        Assert.All(splits, s => Assert.Empty(s.Training.Select(i => groups[i]).Intersect(s.Test.Select(i => groups[i]))));
        Assert.All(splits.TakeLast(4), s => Assert.InRange(s.Training.Length, 67, 73));
    }

    [Fact]
    public void ClosedForm_GivenSplits()
    {
        var given = Assert.Single(EvaluationSplits.Given([true, null, false, true]));
        Assert.Equal([0, 3], given.Training);
        Assert.Equal([2], given.Test);
        var folds = EvaluationSplits.GivenFolds([1, 0, -1, 1, 2]);
        Assert.Equal(["fold 0", "fold 1", "fold 2"], folds.Select(f => f.Name));
        Assert.Equal([1, 4], folds[1].Training);
        Assert.Equal([0, 3], folds[1].Test);
    }

    [Fact]
    public void Error_ASubjectOnBothSidesOrNone()
    {
        Assert.Contains("row 2 twice", Assert.Throws<ArgumentException>(() => new EvaluationSplit("x", [1, 2], [2])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new EvaluationSplit("x", [1], []));
        Assert.Throws<ArgumentOutOfRangeException>(() => EvaluationSplits.Resamples(Problem(), 103, 1, 1));
    }

    private static LearningProblem Problem() => LearningCases.Of(new BinaryOutcome(s_occurred));
}
