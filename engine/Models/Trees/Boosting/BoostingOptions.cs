using DigitalTwin.Models.Trees.Features;

namespace DigitalTwin.Models.Trees.Boosting;

/// <summary>How boosted trees are grown.</summary>
public sealed record BoostingOptions
{
    private const int SubjectsOfABin = 3;
    private const int FewestBins = 32;

    /// <summary>Part of each tree's step that is taken, in (0, 1].</summary>
    public double LearningRate { get; init; } = 0.05;

    /// <summary>Most rounds; inner folds choose how many of them. A round adds a tree for each score (one, or one a class).</summary>
    public int MaximumRounds { get; init; } = 600;

    /// <summary>Depths among which inner folds choose: how many features a tree lets interact.</summary>
    public IReadOnlyList<int> Depths { get; init; } = [2, 3, 5];

    /// <summary>Inner folds; 0 takes all rounds at the first depth.</summary>
    public int FoldCount { get; init; } = 5;

    /// <summary>Rounds without a better inner loss after which a depth is given up.</summary>
    public int Patience { get; init; } = 60;

    /// <summary>Ridge penalty on what a leaf says.</summary>
    public double Ridge { get; init; } = 1;

    /// <summary>Least sum of second derivatives in a leaf; null for that of the loss: 10 subjects, 3 expected events, 3 (2 a class) in the variance of a class.</summary>
    public double? MinimumChildWeight { get; init; }

    /// <summary>Part of the subjects that each round sees, in (0, 1].</summary>
    public double RowFraction { get; init; } = 0.7;

    /// <summary>Part of the features that each tree sees, in (0, 1].</summary>
    public double ColumnFraction { get; init; } = 0.5;

    /// <summary>Bins of a feature, 2 to 255, beside one for missing values; 0 for one for every three subjects, at least 32.</summary>
    public int BinCount { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal void Check()
    {
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "in (0, 1]");
        Require(MaximumRounds >= 1, nameof(MaximumRounds), MaximumRounds, "at least 1");
        Require(Depths.Count > 0 && Depths.All(d => d is >= 1 and <= 12), nameof(Depths), string.Join(", ", Depths), "depths of 1 to 12");
        Require(FoldCount is 0 or >= 2, nameof(FoldCount), FoldCount, "0 or at least 2");
        Require(Patience >= 1, nameof(Patience), Patience, "at least 1");
        Require(Ridge >= 0 && double.IsFinite(Ridge), nameof(Ridge), Ridge, "finite and not negative");
        Require(MinimumChildWeight is null or >= 0, nameof(MinimumChildWeight), MinimumChildWeight, "not negative");
        Require(RowFraction is > 0 and <= 1, nameof(RowFraction), RowFraction, "in (0, 1]");
        Require(ColumnFraction is > 0 and <= 1, nameof(ColumnFraction), ColumnFraction, "in (0, 1]");
        Require(BinCount is 0 or (>= 2 and <= 255), nameof(BinCount), BinCount, "0 or 2 to 255");
    }

    internal int BinsOf(int subjectCount) => BinCount > 0 ? BinCount : Math.Clamp(subjectCount / SubjectsOfABin, FewestBins, BinnedFeatures.MaximumBinCount);

    private static void Require(bool holds, string name, object? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentOutOfRangeException(name, value, $"{name} must be {range}.");
        }
    }
}
