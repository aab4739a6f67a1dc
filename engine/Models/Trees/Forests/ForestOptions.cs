namespace DigitalTwin.Models.Trees.Forests;

/// <summary>How a forest is grown. Zero means the default of the forest at hand.</summary>
public sealed record ForestOptions
{
    /// <summary>Trees. More never overfit, they only cost time.</summary>
    public int TreeCount { get; init; } = 500;

    /// <summary>Features looked at for each split; 0 for the square root of their number, rounded up, and for a continuous outcome a third of it.</summary>
    public int FeatureTries { get; init; }

    /// <summary>Fewest drawn subjects of a leaf; 0 for 15 in survival, 10 for probabilities, 5 for a continuous outcome.</summary>
    public int MinimumLeafSize { get; init; }

    /// <summary>Random cut points of each feature looked at for a split; <see cref="int.MaxValue"/> for all; 0 for 10 in survival and all otherwise.</summary>
    public int CutPointTries { get; init; }

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    internal ForestOptions Resolved(int featureTries, int minimumLeafSize, int cutPointTries)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(TreeCount, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(FeatureTries);
        ArgumentOutOfRangeException.ThrowIfNegative(MinimumLeafSize);
        ArgumentOutOfRangeException.ThrowIfNegative(CutPointTries);
        return this with
        {
            FeatureTries = FeatureTries == 0 ? featureTries : FeatureTries,
            MinimumLeafSize = MinimumLeafSize == 0 ? minimumLeafSize : MinimumLeafSize,
            CutPointTries = CutPointTries == 0 ? cutPointTries : CutPointTries,
        };
    }
}
